import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Makes one file of a program's sources: the gateway and the kit become part of it, everything else is imported from
 * node_modules as usual. Takes a quarter of a second.
 *
 * @param entry path of the program, from this folder
 * @returns path of the file, named by content: runs at the same time never see half of each other's
 */
export async function bundle(entry) {
  const { outputFiles } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['souk:source'],
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [
      {
        name: 'only-our-own',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
            name.startsWith('@souk/') || kind === 'entry-point' ? undefined : { path: name, external: true },
          ),
      },
    ],
  });
  const [{ contents }] = outputFiles;
  const cache = path.join(import.meta.dirname, 'node_modules/.cache/souk');
  const name = path.basename(entry, path.extname(entry));
  const file = path.join(
    cache,
    `${name}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`,
  );
  await mkdir(cache, { recursive: true });
  await writeFile(`${file}.${process.pid}`, contents);
  await rename(`${file}.${process.pid}`, file);
  return file;
}
