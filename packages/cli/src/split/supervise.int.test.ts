import { freePort } from '@souk/embedded/ports';
import { expect, test } from 'vitest';
import { systemCode } from '../clear-error.js';
import { untilReady } from '../launch/until-ready.js';
import { supervise } from './supervise.js';

/** A program that never gets ready, and tells its process once it runs. */
function idle() {
  let tell: (pid: number) => void = () => {};
  const pid = new Promise<number>((resolve) => (tell = resolve));
  const program = {
    name: 'idle',
    file: '--eval',
    args: ['console.log(process.pid); setInterval(() => {}, 1_000)'],
    env: {},
  };
  const say = (line: string): void => tell(Number(line.replace('[idle] ', '')));
  return { program, say, pid };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    throw error;
  }
}

test('a start that is given up ends at once, and leaves no process behind', async () => {
  const { program, say, pid } = idle();
  const origin = `http://127.0.0.1:${await freePort()}`;
  const givingUp = new AbortController();
  const starting = supervise(
    { ...program, untilReady: (early) => untilReady(origin, early) },
    say,
    givingUp.signal,
  );
  const started = await pid;
  expect(isRunning(started)).toBe(true);
  givingUp.abort(new Error('given up'));
  await expect(starting).rejects.toThrow('given up');
  expect(isRunning(started)).toBe(false);
});

test('a program that does not get ready is ended', async () => {
  const { program, say, pid } = idle();
  const neverReady = async (): Promise<void> => {
    await pid;
    throw new Error('its database is missing');
  };
  await expect(supervise({ ...program, untilReady: neverReady }, say)).rejects.toThrow(
    'its database is missing',
  );
  expect(isRunning(await pid)).toBe(false);
});

test('a program that ends before it is ready says why', async () => {
  const program = { ...idle().program, args: ['console.log("no port"); process.exitCode = 3'] };
  const hopeful = (early: AbortSignal): Promise<void> =>
    new Promise((resolve) => early.addEventListener('abort', () => resolve()));
  await expect(supervise({ ...program, untilReady: hopeful }, () => {})).rejects.toThrow(
    'idle ended before it was ready (exit code 3).\nno port',
  );
});
