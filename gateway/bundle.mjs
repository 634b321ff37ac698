import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { build } from 'esbuild';

/** What the gateway runs in a thread of its own, so it needs a file of its own: src/planning/thread/. */
export const PLANNING_THREAD = 'src/planning/thread/planning-thread.ts';

/**
 * Makes a file or a few of a program's sources: the gateway and the kit become part of them, everything else is
 * imported from node_modules as usual. What the program imports later has a file of its own, and the planning thread's
 * program is put beside it. Takes a quarter of a second.
 *
 * @param entry path of the program, from this folder
 * @returns path of the file, in a folder named by content: runs at the same time never see half of each other's
 */
export async function bundle(entry) {
  const { outputFiles } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [...new Set([entry, PLANNING_THREAD])],
    entryNames: '[name]',
    outdir: path.join(CACHE, 'bundle'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['souk:source'],
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [{ name: 'only-our-own', setup: onlyOurOwn }],
  });
  const hash = createHash('sha256');
  for (const { contents } of outputFiles) hash.update(contents);
  const name = path.basename(entry, path.extname(entry));
  const folder = path.join(CACHE, `${name}-${hash.digest('hex').slice(0, 16)}`);
  await keep(folder, outputFiles);
  return path.join(folder, `${name}.mjs`);
}

const CACHE = path.join(import.meta.dirname, 'node_modules/.cache/souk');

function onlyOurOwn({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
    name.startsWith('@souk/') || kind === 'entry-point' ? undefined : { path: name, external: true },
  );
  // Tests alone need it, to do what has just been done here.
  onResolve({ filter: /\/bundle\.mjs$/ }, ({ path: name }) => ({ path: name, external: true }));
}

async function keep(folder, files) {
  await mkdir(CACHE, { recursive: true });
  // One of its own, for threads of one process too.
  const next = await mkdtemp(`${folder}.`);
  for (const { path: file, contents } of files)
    await writeFile(path.join(next, path.basename(file)), contents);
  // Somebody else may have made the same one.
  await rename(next, folder).catch(() => rm(next, { recursive: true }));
}
