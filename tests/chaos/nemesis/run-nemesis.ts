import { setTimeout as delay } from 'node:timers/promises';
import type { Arena } from './arena.js';
import type { Fault, FaultRecord } from './fault.js';
import { inflict } from './inflict.js';

/** What time it is, and how it passes. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const REAL: Clock = { now: Date.now, sleep: (ms) => delay(ms) };

/**
 * Does the planned faults at their times. When it resolves, all of them are undone: links are whole, nothing is frozen,
 * databases run.
 *
 * @param say hears of each fault as it begins
 * @param clock @default the real time
 */
export async function runNemesis(
  plan: readonly Fault[],
  arena: Arena,
  say: (fault: Fault) => void,
  { now, sleep }: Clock = REAL,
): Promise<FaultRecord[]> {
  const beganAt = now();
  const records: FaultRecord[] = [];
  const busy = new Map<string, Promise<void>>();

  const perform = async (fault: Fault): Promise<void> => {
    const startedAt = now();
    say(fault);
    const undo = await inflict(fault, arena);
    if (!undo) return;
    await sleep(fault.forMs);
    await undo();
    records.push({ fault, startedAt, endedAt: now() });
  };
  const work = plan.map(async (fault) => {
    await sleep(Math.max(0, fault.atMs - (now() - beganAt)));
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
