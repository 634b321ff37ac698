import { Worker } from 'node:worker_threads';
import type { PlanQuestion, ThreadData, ThreadMessage } from './messages.js';

export interface ThreadOptions {
  readonly program: Promise<URL>;
  readonly data: ThreadData;
  /** Largest heap, in MiB. */
  readonly memoryMb: number;
  readonly onMessage: (message: ThreadMessage) => void;
  /** It ended although nobody said so: it ran out of memory, or could not be started. */
  readonly onCrash: (error: Error) => void;
}

/** A thread that starts, or runs. */
export interface RunningThread {
  /** Only after it said `ready`. */
  ask(question: PlanQuestion): void;
  /** Ends it, whatever it does; nothing is heard of it after. Resolves once it is gone. Safe to call twice. */
  end(): Promise<void>;
}

/** Young objects of a planner are few; without a limit the process's own, a large one, would count for it. */
const YOUNG_MB = 16;

/** Starts one thread. It does not keep the process alive. */
export function runThread({ program, data, memoryMb, onMessage, onCrash }: ThreadOptions): RunningThread {
  let worker: Worker | undefined;
  let isOver = false;
  const crash = (error: Error): void => {
    if (isOver) return;
    isOver = true;
    onCrash(error);
  };
  const start = async (): Promise<void> => {
    const file = await program;
    if (isOver) return;
    worker = new Worker(file, {
      name: 'planning',
      workerData: data,
      // A debugger, a profiler or a test runner's loader is not meant for it.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.unref();
    worker.on('message', (message: ThreadMessage) => {
      if (!isOver) onMessage(message);
    });
    worker.on('error', (error: Error) => crash(error));
    worker.on('exit', (code) => crash(new Error(`the planning thread ended with code ${code}`)));
  };
  const started = start().catch((error: unknown) =>
    crash(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    ask: (question) => worker?.postMessage(question),
    async end() {
      isOver = true;
      await started;
      await worker?.terminate();
    },
  };
}
