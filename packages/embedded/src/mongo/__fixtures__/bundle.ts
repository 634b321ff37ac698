import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** The server as files that plain Node can run, in a temporary folder, for tests that need another process or thread. */
export async function buildServer(): Promise<{ index: string; main: string; remove: () => Promise<void> }> {
  const source = path.join(import.meta.dirname, '..');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-mongo-build-'));
  await build({
    entryPoints: ['index.ts', 'thread-main.ts', '__fixtures__/server-process.ts'].map((file) =>
      path.join(source, file),
    ),
    outdir: folder,
    outbase: source,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    entryNames: '[name]',
    logLevel: 'warning',
  });
  return {
    index: path.join(folder, 'index.js'),
    main: path.join(folder, 'server-process.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
