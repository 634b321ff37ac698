import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const VENDURE = '3.7.3';
const PACKAGES = { '@vendure/core': VENDURE, pg: '8.23.1' };
/** Has to be compiled where no built one can be loaded: then the rows with SQLite are left out. */
const SQLITE = 'better-sqlite3@12.11.1';

/**
 * Installs Vendure from npm into a folder outside of the repository, once.
 *
 * @returns the folder, and whether SQLite is there
 */
export function installVendure() {
  const folder = path.join(tmpdir(), `souk-bench-vendure-${VENDURE}`);
  if (!existsSync(path.join(folder, 'node_modules/@vendure/core'))) {
    mkdirSync(folder, { recursive: true });
    const manifest = {
      name: 'bench',
      private: true,
      type: 'module',
      dependencies: PACKAGES,
      allowScripts: { 'better-sqlite3': true },
    };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    npm(folder, ['install']);
    npm(folder, ['install', SQLITE], { mayFail: true });
  }
  copyFileSync(path.join(import.meta.dirname, 'server.mjs'), path.join(folder, 'server.mjs'));
  const built = path.join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');
  return { folder, hasSqlite: existsSync(built) };
}

function npm(folder, args, { mayFail = false } = {}) {
  // Headers of the running Node.js, if they are beside it: compiling needs them, and not everybody may load them.
  const prefix = path.dirname(path.dirname(process.execPath));
  const headers = existsSync(path.join(prefix, 'include/node')) ? { npm_config_nodedir: prefix } : {};
  const { status } = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--legacy-peer-deps'], {
    cwd: folder,
    env: { ...process.env, ...headers },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0 && !mayFail) throw new Error(`npm ${args.join(' ')} failed in ${folder}.`);
}
