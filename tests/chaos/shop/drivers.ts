import { setTimeout as delay } from 'node:timers/promises';
import type { Reader } from '../facts/reader.js';
import { catchDriver } from '../nemesis/catch-driver.js';
import { signalProcess } from '../nemesis/inflict.js';

/** How long somebody who drives a saga is looked for, in milliseconds: steps are asked for again after five seconds. */
const SEARCH_MS = 9_000;

/** How long a driver of the run has for what it took, in milliseconds: little, so that it is often taken over. */
export const LEASE_MS = 3_000;

const DRIVING = `SELECT DISTINCT driver FROM sagas WHERE driver IS NOT NULL AND leased_until > now()`;

/**
 * Freezes whichever process drives a saga, at a moment at which it does. So that there is something to be driven, a service
 * that orders asks is frozen meanwhile.
 *
 * @param options.asked the process of that service
 * @param options.isOurs tells processes of the run from any other one
 * @param options.say hears who it is
 * @returns what thaws the driver; undefined if none was caught
 */
export async function freezeDriver({
  reader,
  asked,
  isOurs,
  say,
}: {
  readonly reader: Reader;
  readonly asked: () => number | undefined;
  readonly isOurs: (pid: number) => boolean;
  readonly say: (line: string) => void;
}): Promise<(() => Promise<void>) | undefined> {
  const deadline = performance.now() + SEARCH_MS;
  const silent = asked();
  signalProcess(silent, 'SIGSTOP');
  const driving = async (): Promise<number[]> => {
    // A database that is away has nobody who drives.
    const rows = await reader.query<{ driver: string }>('orders', DRIVING).catch(() => []);
    const pids = rows.flatMap(({ driver }) => pidOf(driver) ?? []).filter(isOurs);
    if (pids.length === 0) await delay(2);
    return pids;
  };
  const pid = await catchDriver({
    driving,
    freeze: (one) => signalProcess(one, 'SIGSTOP'),
    thaw: (one) => signalProcess(one, 'SIGCONT'),
    isOver: () => performance.now() > deadline,
  }).finally(() => signalProcess(silent, 'SIGCONT'));
  say(
    pid === undefined ? '   nobody who drives was caught' : `   process ${pid} stands still, and holds sagas`,
  );
  return pid === undefined ? undefined : async () => signalProcess(pid, 'SIGCONT');
}

/** A driver calls itself `host/process/start`. */
export function pidOf(driver: string): number | undefined {
  const pid = Number(driver.split('/')[1]);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}
