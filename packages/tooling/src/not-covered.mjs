// What `npm test` cannot try on this machine, for the last lines of its output: a test that is skipped must not pass
// for one that passed.
import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';

/** @param {string} name @param {readonly string[]} folders */
const isInstalled = (name, folders = []) =>
  [...folders, ...(process.env['PATH'] ?? '').split(path.delimiter)].some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Debian keeps each version of PostgreSQL in a folder of its own. */
function postgresFolders() {
  try {
    return readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`);
  } catch {
    return [];
  }
}

/** @returns {string[]} one line a gap, with what would close it */
export function notCovered() {
  const gaps = [
    [isInstalled('redis-server'), 'Redis: install redis-server'],
    [isInstalled('rabbitmq-server', ['/usr/lib/rabbitmq/bin']), 'RabbitMQ: install rabbitmq-server'],
    [isInstalled('initdb', postgresFolders()), "the system's PostgreSQL (npm's is): install postgresql"],
    [isInstalled('chromium'), 'the browser: install chromium'],
    [(process.env['MONGODB_URL'] ?? '') !== '', 'a real MongoDB (the embedded one is): set MONGODB_URL'],
  ];
  return gaps.flatMap(([covered, gap]) => (covered ? [] : [String(gap)]));
}
