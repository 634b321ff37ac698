import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineProject } from 'vitest/config';
import { operations } from './vite/operations.js';

const here = import.meta.dirname;

/** The client's tests: beside the code, in a browser-like document, against the schema that is composed. */
export default defineProject({
  root: here,
  plugins: [operations(path.join(here, '../schema/operations.json')), vue()],
  resolve: { alias: { '@': path.join(here, 'src') } },
  test: {
    name: 'client',
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    // Tests wait for conditions; how long that takes is the machine's business.
    expect: { poll: { timeout: 30_000 } },
    unstubGlobals: true,
  },
});
