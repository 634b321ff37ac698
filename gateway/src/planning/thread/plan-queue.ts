import { AppError } from '@souk/kit/errors';
import type { Logger } from '@souk/kit/log';
import type { PlanQuestion, ThreadData, ThreadMessage } from './messages.js';
import { runThread, type RunningThread } from './run-thread.js';
import { threadProgram } from './thread-program.js';

/** What planning may take. */
export interface PlanningLimits {
  /** How long one operation may be planned, in milliseconds; then its thread is replaced. @default 10000 */
  readonly timeoutMs?: number;
  /** How long an operation may wait for its turn, in milliseconds. @default 30000 */
  readonly waitMs?: number;
  /** Most operations that wait for their turn; more are refused as retryable. @default 256 */
  readonly queue?: number;
  /** Largest heap of the planning thread, in MiB; a planner that needs more is replaced. @default 512 */
  readonly memoryMb?: number;
}

export interface PlanQueueOptions {
  readonly data: ThreadData;
  readonly logger: Logger;
  readonly limits?: PlanningLimits | undefined;
  /** What runs in the thread. @default planning-thread.ts */
  readonly program?: URL | undefined;
}

/** An operation to be planned, and how soon. */
export interface PlanJob extends PlanQuestion {
  /** Whether a client waits: then it goes before all that is planned ahead. May become true while it waits. */
  isUrgent: boolean;
}

/** A planner in a thread of its own, one operation at a time. */
export interface PlanQueue {
  /**
   * @returns the plan as JSON
   * @throws AppError TIMEOUT if planning took too long, UNAVAILABLE if it has too much to do or broke down twice
   * @throws AppError INTERNAL if the planner itself failed; its own error is the cause
   */
  plan(job: PlanJob): Promise<string>;
  /**
   * From now on the thread lives only while there is something to plan.
   * Resolves once there is nothing, for the first time.
   */
  retire(): Promise<void>;
  /** Ends the thread and refuses what waits. */
  close(): Promise<void>;
}

interface Waiting {
  readonly job: PlanJob;
  readonly resolve: (plan: string) => void;
  readonly reject: (error: Error) => void;
  /** Until its turn comes, then until it is planned. */
  timer?: NodeJS.Timeout;
  crashes: number;
}

/** An operation whose thread ended is tried once more: it may not have been its fault. */
const MOST_CRASHES = 2;

/**
 * Brings operations to the planning thread, and replaces it when one of them makes it stand still or fall over.
 *
 * @example const queue = createPlanQueue({ data: supergraphToPlan(supergraph), logger });
 */
export function createPlanQueue(options: PlanQueueOptions): PlanQueue {
  const { data, logger } = options;
  const program = options.program ? Promise.resolve(options.program) : threadProgram();
  const {
    timeoutMs = 10_000,
    waitMs = 30_000,
    queue: mostWaiting = 256,
    memoryMb = 512,
  } = options.limits ?? {};
  const waiting: Waiting[] = [];
  let running: Waiting | undefined;
  let thread: RunningThread | undefined;
  let isReady = false;
  let isRetired = false;
  let onIdle: (() => void) | undefined;
  let isClosed = false;

  const start = (): RunningThread => {
    isReady = false;
    return runThread({ program, data, memoryMb, onMessage, onCrash });
  };
  const end = (): Promise<void> => {
    const ended = thread?.end() ?? Promise.resolve();
    thread = undefined;
    return ended;
  };

  /** Gives the thread its next operation, if it can take one. */
  const goOn = (): void => {
    if (running || isClosed) return;
    if (waiting.length === 0) {
      if (isRetired) void end().then(onIdle);
      return;
    }
    thread ??= start();
    if (!isReady) return;
    const urgent = waiting.findIndex(({ job }) => job.isUrgent);
    const [next] = waiting.splice(Math.max(urgent, 0), 1);
    if (!next) return;
    running = next;
    clearTimeout(next.timer);
    next.timer = setTimeout(giveUp, timeoutMs);
    const { document, name, labels } = next.job;
    thread.ask({ document, name, labels });
  };
  const finish = (settle: (done: Waiting) => void): void => {
    const done = running;
    running = undefined;
    if (!done) return;
    clearTimeout(done.timer);
    settle(done);
  };
  /** A thread that was well before is replaced at once: the next operation shall not wait for it. */
  const replace = (): void => {
    if (!isRetired && !isClosed) thread ??= start();
    goOn();
  };

  const onMessage = (message: ThreadMessage): void => {
    if (message.kind === 'ready') isReady = true;
    else
      finish(({ job, resolve, reject }) => {
        if (message.kind === 'plan') return resolve(message.plan);
        const error = Object.assign(new Error(message.message), { stack: message.stack });
        logger.error({ err: error, operation: job.name }, 'the planner failed at an operation');
        reject(cannotBePlannedLikeThis(error));
      });
    goOn();
  };
  const giveUp = (): void => {
    void end();
    finish(({ job, reject }) => {
      logger.error(
        { operation: job.name, timeoutMs },
        'planning took too long; the planning thread is replaced',
      );
      reject(tookTooLong(timeoutMs));
    });
    replace();
  };
  const onCrash = (error: Error): void => {
    thread = undefined;
    const wasReady = isReady;
    logger.error({ err: error, operation: running?.job.name }, 'the planning thread broke down');
    // One that does not even start fails all who wait for it.
    const struck = running ? [running] : wasReady ? [] : waiting.splice(0);
    running = undefined;
    for (const one of struck.reverse()) {
      one.crashes += 1;
      if (one.crashes < MOST_CRASHES) enqueue(one, 'first');
      else {
        clearTimeout(one.timer);
        one.reject(wasReady ? cannotBePlanned(error) : cannotPlan(error));
      }
    }
    if (wasReady) replace();
    else goOn();
  };

  const enqueue = (one: Waiting, place: 'first' | 'last'): void => {
    clearTimeout(one.timer);
    one.timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(one), 1);
      one.reject(tooMuchToDo());
    }, waitMs);
    if (place === 'first') waiting.unshift(one);
    else waiting.push(one);
  };

  thread = start();
  return {
    plan: (job) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(isStopping());
        if (waiting.length >= mostWaiting) return reject(tooMuchToDo());
        enqueue({ job, resolve, reject, crashes: 0 }, 'last');
        goOn();
      }),
    retire: () =>
      new Promise((resolve) => {
        isRetired = true;
        onIdle = resolve;
        goOn();
      }),
    async close() {
      isClosed = true;
      const ended = end();
      for (const { timer, reject } of [...waiting.splice(0), ...(running ? [running] : [])]) {
        clearTimeout(timer);
        reject(isStopping());
      }
      running = undefined;
      await ended;
      onIdle?.();
    },
  };
}

const isStopping = (): AppError => new AppError('UNAVAILABLE', 'The gateway is stopping. Try again.');
const tookTooLong = (timeoutMs: number): AppError =>
  new AppError(
    'TIMEOUT',
    `Planning this operation took longer than ${timeoutMs} ms. Ask for less at once, or try again later.`,
  );
const tooMuchToDo = (): AppError =>
  new AppError('UNAVAILABLE', 'The gateway has too many new operations to plan. Try again.');
const cannotPlan = (cause: Error): AppError =>
  new AppError('UNAVAILABLE', 'The gateway cannot plan new operations right now. Try again.', { cause });
const cannotBePlannedLikeThis = (cause: Error): AppError =>
  new AppError(
    'INTERNAL',
    'This operation could not be planned. Ask for its fields in several operations, and tell who runs the gateway.',
    { cause },
  );
const cannotBePlanned = (cause: Error): AppError =>
  new AppError('UNAVAILABLE', 'This operation could not be planned. Ask for less at once, or try again.', {
    cause,
  });
