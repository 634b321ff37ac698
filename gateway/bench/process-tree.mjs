import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** A process and all its descendants, by id. Linux only. */
function treeOf(pid) {
  const childrenOf = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(name)?.[1]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
  }
  const tree = [pid];
  for (const member of tree) tree.push(...(childrenOf.get(member) ?? []));
  return tree;
}

/** State, parent ... as in proc(5), from the third field on; undefined for a process that is gone. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return undefined;
  }
}

/** User and system time of a process, of its descendants and of those that have ended, in milliseconds. */
export function cpuMs(pid) {
  let ticks = 0;
  for (const member of treeOf(pid)) {
    const stat = statOf(member);
    if (stat) for (const field of [11, 12, 13, 14]) ticks += Number(stat[field]);
  }
  return (ticks * 1000) / TICKS_A_SECOND;
}

/** Resident memory of a process and its descendants, in MB. */
export function residentMb(pid) {
  let kb = 0;
  for (const member of treeOf(pid)) {
    try {
      kb += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has just ended.
    }
  }
  return Math.round(kb / 1024);
}

/** Time that all processors together were busy since the machine started, in milliseconds. */
export function busyMs() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return ((user + nice + system + irq + softirq + steal) * 1000) / TICKS_A_SECOND;
}
