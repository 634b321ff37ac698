import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the playground works under any prefix.
  base: './',
  build: {
    outDir: path.join(import.meta.dirname, '../dist/playground'),
    emptyOutDir: true,
    target: 'es2022',
    // Monaco's editor is one large chunk whatever one does.
    chunkSizeWarningLimit: 5_000,
    reportCompressedSize: false,
    rolldownOptions: {
      // Dependencies carry "use client" for other tools; it means nothing here.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  logLevel: 'warn',
});
