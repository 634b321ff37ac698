import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './slowest-first.js';

/**
 * One configuration for every runner. A test's level is its suffix: `.test.ts` is pure, `.int.test.ts` has
 * real databases, `.e2e.test.ts` drives the whole shop.
 */
const conditions = ['souk:source', 'node'];
// Node loads graphql's `main`, Vite would prefer its `module`: with both there would be two of every type.
const graphql = createRequire(import.meta.url).resolve('graphql');
const resolve = { conditions, alias: [{ find: /^graphql$/, replacement: graphql }] };
const shared = {
  resolve,
  ssr: { resolve },
  // Where global set-up files run.
  environments: { __vitest__: { resolve } },
};
// Tests wait for conditions; how long that takes is the machine's business, up to the test's own limit.
const waiting = { poll: { timeout: 60_000 } };
const here = import.meta.dirname;
const root = path.join(here, '..');
// Who asks for a random order gets it.
const isShuffled = process.argv.some((argument) => argument.startsWith('--sequence.shuffle'));

export default defineConfig({
  ...shared,
  test: {
    root,
    ...(isShuffled ? {} : { sequence: { sequencer: SlowestFirst } }),
    projects: [
      {
        ...shared,
        root,
        test: {
          name: 'unit',
          include: ['{gateway,subgraphs/*,packages/*,tests}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.int.test.ts', '**/*.e2e.test.ts'],
          testTimeout: 90_000,
          expect: waiting,
          // They are pure, so files share a worker: loading all modules anew for each was half of the work.
          isolate: false,
        },
      },
      'client/vitest.config.ts',
      {
        ...shared,
        root,
        test: {
          name: 'int',
          include: ['{gateway,subgraphs/*,packages/*,tests}/**/*.int.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: 180_000,
          expect: waiting,
          hookTimeout: 180_000,
        },
      },
      {
        ...shared,
        root,
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['tests/support/seeded-shop.ts'],
          testTimeout: 180_000,
          expect: waiting,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
