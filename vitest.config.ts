// How the tests run: two at a time, one real Postgres for all that ask for one.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['bench/**/*.test.ts', 'src/**/*.test.ts', 'web/**/*.test.ts', 'tests/**/*.test.ts'],
    // A machine of two cores is the smallest that we promise; more files at once only time out.
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['tests/setup/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // A promise that nobody waits for is a failure that nobody sees.
    dangerouslyIgnoreUnhandledErrors: false,
    passWithNoTests: false,
  },
});
