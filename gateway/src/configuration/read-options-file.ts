import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PluginBuild } from 'esbuild';
import { ConfigError } from '@souk/kit/config';
import { fileVersion } from './file-version.js';

/**
 * Reads the options that a file exports by default. A `.ts` file is made into JavaScript by esbuild where that is
 * installed (a checkout), or by Node itself (22.18 and later); images carry it built.
 *
 * @returns what the file exports, still to be checked
 * @throws ConfigError that says what to change if there is no such file, or it cannot be run
 */
export async function readOptionsFile(file: string): Promise<unknown> {
  const version = fileVersion(file);
  if (version === undefined)
    throw new ConfigError([`GATEWAY_CONFIG: there is no file ${file}. Correct the path.`]);
  try {
    // Named by its version: Node would answer a second import of the same address from its cache.
    const runnable = file.endsWith('.ts') ? await transpile(file) : file;
    const address = `${pathToFileURL(runnable).href}?version=${version}`;
    const module = (await import(address)) as { readonly default?: unknown };
    if (module.default === undefined) throw new Error('it must "export default defineConfig({ … })"');
    return module.default;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`${file}: ${reason}`]);
  }
}

async function transpile(file: string): Promise<string> {
  const esbuild = await import('esbuild').catch(() => undefined);
  // Node that strips types reads the file as it is; one that cannot will say so.
  if (!esbuild) return file;
  const { outputFiles } = await esbuild.build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'silent',
    plugins: [{ name: 'without-us', setup: answerForUs }],
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return keep(path.dirname(file), code);
}

/** `defineConfig` is only types, so a settings file needs no installed gateway. Other packages are imported as usual. */
function answerForUs({ onResolve, onLoad }: PluginBuild): void {
  onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) => {
    if (kind === 'entry-point') return undefined;
    return name === '@souk/gateway/config' ? { path: name, namespace: 'us' } : { path: name, external: true };
  });
  onLoad({ filter: /.*/, namespace: 'us' }, () => ({
    contents: 'export const defineConfig = (options) => options;',
  }));
}

/** Beside the file, so that its imports find the same packages. */
async function keep(folder: string, code: Uint8Array): Promise<string> {
  const beside = path.join(folder, 'node_modules/.cache/souk');
  const cache = await mkdir(beside, { recursive: true }).then(
    () => beside,
    // A mounted folder that nobody may write to.
    () => mkdtemp(path.join(tmpdir(), 'souk-gateway-')),
  );
  const name = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const made = path.join(cache, `gateway-config-${name}.mjs`);
  const known = await readFile(made).catch(() => undefined);
  if (!known?.equals(code)) await writeFile(made, code);
  return made;
}
