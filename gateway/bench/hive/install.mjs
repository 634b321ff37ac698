import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** What is compared; exact, so that numbers can be had again. */
export const hiveVersions = {
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  graphql: '16.15.0',
};
const INSTALL_MS = 300_000;

/**
 * Installs Hive Gateway: half a gigabyte that nobody but this benchmark needs. Its Rust planner is prebuilt.
 *
 * @returns the folder, or why there is none
 */
export const installHive = () => installOutside('hive', hiveVersions);

/**
 * Installs packages into a folder of their own outside this repository, once. Their scripts do not run.
 *
 * @returns the folder, or why there is none
 */
export async function installOutside(name, dependencies) {
  const version = Object.values(dependencies).join('_');
  const folder = path.join(tmpdir(), `souk-bench-${userInfo().uid}`, `${name}-${version}`);
  const done = path.join(folder, 'installed');
  if (existsSync(done)) return { folder };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  console.log(`Installing ${Object.keys(dependencies)[0]} into ${folder} (once) ...`);
  const npm = spawn('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: INSTALL_MS,
  });
  let said = '';
  npm.stderr.on('data', (chunk) => (said += chunk));
  const [code] = await once(npm, 'close').catch((error) => [error.message]);
  if (code !== 0) return { missing: `npm install failed (${said.trim().split('\n')[0] || code})` };
  writeFileSync(done, '');
  return { folder };
}
