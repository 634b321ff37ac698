import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** All processes of this machine: id, parent, times (own and of ended children) in ticks, and working folder. */
function* processes() {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ');
      const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
      yield { pid: Number(name), parent: Number(fields[1]), ticks, folder: folderOf(name) };
    } catch {
      // It has just ended.
    }
  }
}

function folderOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/**
 * User and system time of a shop so far, in milliseconds: the launcher, all its descendants, and database servers
 * that it has started in a session of their own, which are known by their working folder. Linux only.
 */
export const shopCpuMs = (shop) => {
  const { own, databases } = shopCpu(shop);
  return own + databases;
};

/** The same in two parts: the launcher with what it runs itself, and the database servers. */
export function shopCpu({ pid, dataDir }) {
  const all = [...processes()];
  const own = membersOf(all, [pid]);
  const servers = all.filter(({ folder }) => folder.startsWith(dataDir)).map((one) => one.pid);
  const databases = membersOf(all, servers);
  return {
    own: timeOf(all.filter((one) => own.has(one.pid) && !databases.has(one.pid))),
    databases: timeOf(all.filter((one) => databases.has(one.pid))),
  };
}

function membersOf(all, roots) {
  const members = new Set(roots);
  for (let grown = true; grown;) {
    grown = false;
    for (const one of all) {
      if (members.has(one.pid) || !members.has(one.parent)) continue;
      members.add(one.pid);
      grown = true;
    }
  }
  return members;
}

const timeOf = (members) => (members.reduce((sum, { ticks }) => sum + ticks, 0) * 1000) / TICKS_A_SECOND;
