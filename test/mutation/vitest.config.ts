import { defineConfig } from 'vitest/config';

/** The tests that the mutants of `stryker.config.json` have to get past; with others it would only take longer. */
export default defineConfig({
  test: {
    environment: 'node',
    setupFiles: ['./test/helpers/property-seed.ts'],
    include: [
      'test/domain/{sanitise,sgr,verdict}*.test.ts',
      'test/strings/sanitise.test.ts',
      'test/watch/strategy*.test.ts',
    ],
    // Each of hundreds of mutants is tried with so many texts.
    env: { TZ: 'UTC', STRINGS: '300' },
  },
});
