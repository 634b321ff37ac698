import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One run of the launcher, measured. */
export interface ShopRun {
  readonly pid: number;
  /** From the start of the process until it says that the shop is open, in milliseconds. */
  readonly openAfterMs: number;
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
      // A process that writes has a number.
      resolve({ pid: child.pid ?? 0, openAfterMs: performance.now() - started, close });
    });
    void ended.then(() => reject(new Error(`The shop ended before it was open:\n${output}`)));
  });
}
