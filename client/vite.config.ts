import path from 'node:path';
import tailwind from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { operations } from './vite/operations.js';
import { precompress } from './vite/precompress.js';
import { preloadFonts } from './vite/preload-fonts.js';

const here = import.meta.dirname;
/** The running shop that `npm run dev` takes its data from. */
// eslint-disable-next-line no-restricted-properties -- this is the config module of `npm run dev`
const shop = process.env['SOUK_URL'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: here,
  plugins: [
    operations(path.join(here, '../schema/operations.json')),
    vue(),
    tailwind(),
    preloadFonts(),
    precompress(),
  ],
  resolve: { alias: { '@': path.join(here, 'src') } },
  define: { __VUE_OPTIONS_API__: 'false' },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/graphql': { target: shop, ws: true, changeOrigin: true, rewriteWsOrigin: true },
      '/img': { target: shop },
    },
  },
  build: {
    target: 'es2022',
    manifest: true,
    // A data: URL would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
