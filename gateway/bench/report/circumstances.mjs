import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem } from 'node:os';
import path from 'node:path';
import { canPin } from '../cores.mjs';
import { hiveVersions } from '../hive/install.mjs';

const require = createRequire(import.meta.url);

/** What a measurement depends on; kept with it. */
export const circumstances = () => ({
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}`,
  pinned: canPin,
  loadBefore: Number(loadavg()[0].toFixed(1)),
  versions: [
    ...['@apollo/server', '@apollo/gateway', 'graphql', 'undici'].map(versionOf),
    ...Object.entries(hiveVersions).map(([name, version]) => `${name} ${version}`),
  ].filter((entry, index, all) => all.indexOf(entry) === index),
});

function versionOf(name) {
  for (let folder = path.dirname(require.resolve(name)); ; folder = path.dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      if (found.name === name) return `${name} ${found.version}`;
    } catch {
      // A folder inside the package.
    }
  }
}
