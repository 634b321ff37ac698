import { setTimeout as delay } from 'node:timers/promises';
import type { Arena } from './arena.js';
import type { Fault, FaultRecord } from './fault.js';
import { inflict } from './inflict.js';

/**
 * Does the planned faults at their times. When it resolves, all of them are undone: links are whole, nothing is frozen,
 * databases run.
 *
 * @param say hears of each fault as it begins
 */
export async function runNemesis(
  plan: readonly Fault[],
  arena: Arena,
  say: (fault: Fault) => void,
): Promise<FaultRecord[]> {
  const beganAt = performance.now();
  const records: FaultRecord[] = [];
  const busy = new Map<string, Promise<void>>();

  const perform = async (fault: Fault): Promise<void> => {
    const startedAt = Date.now();
    say(fault);
    const undo = await inflict(fault, arena);
    if (!undo) return;
    await delay(fault.forMs);
    await undo();
    records.push({ fault, startedAt, endedAt: Date.now() });
  };
  const work = plan.map(async (fault) => {
    await delay(Math.max(0, fault.atMs - (performance.now() - beganAt)));
    // Two faults of one thing come one after the other: undoing the first would undo half of the second.
    const victim = victimOf(fault);
    const turn = (busy.get(victim) ?? Promise.resolve()).then(() => perform(fault));
    busy.set(
      victim,
      turn.catch(() => {}),
    );
    await turn;
  });
  const outcomes = await Promise.allSettled(work);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return records.sort((a, b) => a.startedAt - b.startedAt);
}

function victimOf(fault: Fault): string {
  if ('service' in fault) return fault.service;
  if ('server' in fault) return fault.server;
  if ('link' in fault) return fault.link;
  return fault.kind;
}
