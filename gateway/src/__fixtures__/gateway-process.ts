import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { until } from '@souk/testkit/waiting';

const root = path.join(import.meta.dirname, '../../..');

/** `npm run -s gateway` as an operator starts it: a process group of its own. */
export interface GatewayProcess {
  readonly url: string;
  /** Everything it wrote, both streams. */
  output(): string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Signals npm, its shell and the gateway at once, as a terminal or a supervisor does. */
  signalGroup(signal: NodeJS.Signals): void;
  /** Signals npm alone. */
  signalLeader(signal: NodeJS.Signals): void;
  /** True while any process of the group lives. */
  groupLives(): boolean;
}

/** @param args the program's own, such as `--cpus 2`. @default none */
export function startGatewayProcess(
  environment: Record<string, string>,
  port: number,
  args: readonly string[] = [],
): GatewayProcess {
  const settings = Object.entries({ HOST: '127.0.0.1', PORT: String(port), ...environment });
  // `env` adds to what this process has, and becomes npm.
  const child: ChildProcess = spawn(
    'env',
    [...settings.map((pair) => pair.join('=')), 'npm', 'run', '-s', 'gateway', '--', ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const { pid } = child;
  if (pid === undefined) throw new Error('npm could not be started');
  const groupLives = (): boolean => {
    try {
      return process.kill(-pid, 0);
    } catch {
      return false;
    }
  };
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    ended: new Promise((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
    ),
    signalGroup: (signal) => {
      if (groupLives()) process.kill(-pid, signal);
    },
    signalLeader: (signal) => process.kill(pid, signal),
    groupLives,
  };
}

/** Waits until `/health` answers 2xx, or the process has ended. */
export async function untilHealthy(started: GatewayProcess): Promise<void> {
  let healthy = false;
  let gone = false;
  void started.ended.then(() => (gone = true));
  const look = async (): Promise<void> => {
    while (!healthy && !gone) {
      healthy = await fetch(`${started.url}/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (!healthy) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  void look();
  await until(() => healthy || gone);
  if (gone) throw new Error(`the gateway ended before it was healthy:\n${started.output()}`);
}
