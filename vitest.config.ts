// How the tests run: three at a time, one real Postgres for all that ask for one.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/setup/order.ts';

const compiled = fileURLToPath(new URL('node_modules/.cache/wayfare/compiled', import.meta.url));

export default defineConfig({
  test: {
    include: ['bench/**/*.test.ts', 'src/**/*.test.ts', 'web/**/*.test.ts', 'tests/**/*.test.ts'],
    // A machine of two cores is the smallest that we promise. Journeys wait for half of their time,
    // so three files share it.
    pool: 'forks',
    maxWorkers: 3,
    // A worker keeps what it has read for its next file: a test leaves its process as it found it.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['tests/setup/postgres.ts', 'tests/setup/network.ts', 'tests/setup/browser.ts'],
    // Processes that tests start (networks, commands) need not read all of our TypeScript anew.
    env: { NODE_COMPILE_CACHE: compiled },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // A promise that nobody waits for is a failure that nobody sees.
    dangerouslyIgnoreUnhandledErrors: false,
    passWithNoTests: false,
  },
});
