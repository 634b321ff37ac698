import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Where the planning thread's program is: beside this module, in a build as in a bundle (bundle.mjs puts one beside
 * each program). Threads cannot read TypeScript, so tests have it bundled first.
 */
export async function threadProgram(): Promise<URL> {
  const extension = path.extname(fileURLToPath(import.meta.url));
  if (extension !== '.ts') return new URL(`./planning-thread${extension}`, import.meta.url);
  return (ofSources ??= bundled());
}

let ofSources: Promise<URL> | undefined;

async function bundled(): Promise<URL> {
  const { bundle, PLANNING_THREAD } = await import('../../../bundle.mjs');
  return pathToFileURL(await bundle(PLANNING_THREAD));
}
