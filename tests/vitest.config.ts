import path from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * One configuration for every runner. A test's level is its suffix: `.test.ts` is pure, `.int.test.ts` has
 * real databases, `.e2e.test.ts` drives the whole shop.
 */
const conditions = ['souk:source', 'node'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // Where global set-up files run.
  environments: { __vitest__: { resolve: { conditions } } },
};
const here = import.meta.dirname;
const root = path.join(here, '..');

export default defineConfig({
  ...shared,
  test: {
    root,
    projects: [
      {
        ...shared,
        root,
        test: {
          name: 'unit',
          include: ['{gateway,subgraphs/*,packages/*,tests}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.int.test.ts', '**/*.e2e.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        root,
        test: {
          name: 'int',
          include: ['{gateway,subgraphs/*,packages/*,tests}/**/*.int.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        root,
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
