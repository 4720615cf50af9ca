import { defineConfig } from 'vitest/config';

/** What a terminal would say of itself, the same on every machine. */
const env = { COLUMNS: '100', LINES: '30', FORCE_COLOR: '0', TZ: 'UTC', LC_ALL: 'C.UTF-8' };

/** What is waited for comes; on a machine that does much else it comes late. Milliseconds. */
const patience = { testTimeout: 300_000, expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  test: {
    environment: 'node',
    // Much of the time of the e2e tests is waiting.
    maxWorkers: 2,
    setupFiles: ['./test/helpers/property-seed.ts'],
    reporters: ['default', './test/helpers/totals-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/ui/**'],
          ...patience,
          env,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.{ts,tsx}'],
          // React and Ink take longer to load than the tests take to run, and no test leaves anything behind.
          isolate: false,
          ...patience,
          env,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          ...patience,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
