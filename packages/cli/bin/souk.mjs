#!/usr/bin/env node
// Stands beside the build, so that npm can link it before anything is built.
await import('../dist/main.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('Souk is not built yet. Run "npm run build" in its folder, then try again.');
  process.exitCode = 1;
});
