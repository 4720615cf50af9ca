import { defineConfig } from 'vitest/config';

/** How much of what decides and of what watches is tried by the tests that take no rollouts of thousands to do so. */
export default defineConfig({
  test: {
    environment: 'node',
    maxWorkers: 2,
    setupFiles: ['./test/helpers/property-seed.ts'],
    include: ['test/{domain,watch}/**/*.test.ts'],
    exclude: ['test/watch/large-rollouts.test.ts', 'test/watch/poller-faults.test.ts'],
    // What is counted takes longer than what is not.
    testTimeout: 300_000,
    env: { TZ: 'UTC' },
    coverage: {
      provider: 'v8',
      include: ['src/domain/**', 'src/watch/**'],
      reporter: ['text'],
      reportOnFailure: true,
      thresholds: { 'src/domain/**': { branches: 95 }, 'src/watch/**': { branches: 95 } },
    },
  },
});
