import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One run of the launcher, measured. */
export interface ShopRun {
  readonly pid: number;
  /** From the start of the process until it says that the shop is open, in milliseconds. */
  readonly openAfterMs: number;
  /** Processor time that took, on all cores and with helpers that have ended, in milliseconds. */
  readonly processorMs: number;
  /** Closes the shop; resolves with how long that took, in milliseconds. */
  close(): Promise<number>;
}

/**
 * Runs `souk up` on a data folder and a free port, as `npm start` does once everything is built.
 *
 * @throws Error with its output if it ends before it is open
 */
export function runShop(options: { readonly dataDir: string; readonly products: number }): Promise<ShopRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(new URL('../main.js', import.meta.url)), 'up'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      SOUK_DATA_DIR: options.dataDir,
      SOUK_PRODUCTS: String(options.products),
    },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = async (): Promise<number> => {
    const asked = performance.now();
    child.kill('SIGTERM');
    await ended;
    return performance.now() - asked;
  };
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!output.includes('The shop is open.')) return;
      const openAfterMs = performance.now() - started;
      const pid = child.pid ?? 0; // A process that writes has a number.
      resolve({ pid, openAfterMs, processorMs: processorMs(pid), close });
    });
    void ended.then(() => reject(new Error(`The shop ended before it was open:\n${output}`)));
  });
}

/** Linux counts in hundredths of a second: own user and system time, then those of ended children. */
function processorMs(pid: number): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}
