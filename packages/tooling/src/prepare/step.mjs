import { spawn } from 'node:child_process';

/** How long a step is silent, in milliseconds: at first, and after that on a terminal and in a log. */
const SILENCE_MS = { first: 2_000, terminal: 1_000, log: 10_000 };
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** A step that ended the preparation; the message tells the user what to do. */
export class StepFailed extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs one program as one line of output, which counts the seconds if it takes longer than two.
 *
 * @param {string} title what the step does: `installing packages`
 * @param {readonly string[]} command
 * @param {{ cwd: string; env?: Record<string, string> }} options
 * @returns {Promise<{ failed: boolean; output: string }>} the output, both streams as they came
 */
export async function runStep(title, command, options) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {NodeJS.Signals | undefined} */
  let interrupted;
  // A signal to this process alone must reach the child too.
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    interrupted = signal;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  const sign = () => {
    report(`${title} … ${seconds()}`, false);
    progress = setTimeout(sign, process.stderr.isTTY ? SILENCE_MS.terminal : SILENCE_MS.log);
  };
  let progress = setTimeout(sign, SILENCE_MS.first);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', resolve);
  });
  clearTimeout(progress);
  for (const signal of SIGNALS) process.off(signal, forward);
  if (interrupted) throw new StepFailed(`${title}: interrupted`, interrupted === 'SIGINT' ? 130 : 143);
  report(`${title}: ${code === 0 ? 'done' : 'FAILED'} in ${seconds()}`, true);
  return { failed: code !== 0, output: typeof code === 'string' ? `${output}\n${code}` : output };
}

/**
 * On a terminal the line is rewritten, in a log each report is a line.
 *
 * @param {string} line
 * @param {boolean} final
 */
function report(line, final) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}${final ? '\n' : ''}`);
  else process.stderr.write(`${line}\n`);
}
