import { Worker } from 'node:worker_threads';
import { checkOptions } from './start.js';
import { silent, type EmbeddedMongo, type EmbeddedMongoOptions, type Logger } from './options.js';
import { FolderInUse } from './storage/lock.js';
import type { FromThread, ThreadOptions } from './thread-messages.js';

/** Starts the server in a worker thread. See {@link EmbeddedMongoOptions.thread}. */
export async function startInThread(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  checkOptions(options);
  if (import.meta.url.endsWith('.ts')) {
    throw new Error(
      'thread: true needs the built package; run `npm run build -w @souk/embedded`, or leave it out',
    );
  }
  const { logger = silent, thread: _thread, ...rest } = options;
  const workerData: ThreadOptions = rest;
  const worker = new Worker(new URL('./thread-main.js', import.meta.url), {
    workerData,
    name: 'embedded-mongo',
  });
  const ended = endOf(worker);
  const { url, port } = await started(worker, ended, logger);
  let stopping: Promise<void> | undefined;
  let isDead = false;
  const stop = async (): Promise<void> => {
    if (isDead) return;
    worker.postMessage('stop');
    const error = await ended;
    if (error !== undefined) throw error;
  };
  void ended.then((cause) => {
    if (stopping) return;
    isDead = true;
    // Nobody can go on without the database: not caught on purpose, so that the whole process hears of it.
    throw new Error('The thread of the embedded MongoDB server died.', { cause });
  });
  return { url, port, stop: () => (stopping ??= stop()) };
}

/** Fulfilled when the thread has ended, with the error that ended it if there was one. */
function endOf(worker: Worker): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let failure: Error | undefined;
    worker.once('error', (error) => (failure = error));
    worker.once('exit', () => resolve(failure));
  });
}

function started(
  worker: Worker,
  ended: Promise<Error | undefined>,
  logger: Logger,
): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'started') resolve(message);
      else if (message.kind === 'log') logger[message.level](message.fields, message.message);
      else
        reject(
          message.inUse === undefined
            ? new Error(message.reason)
            : new FolderInUse(message.inUse.folder, message.inUse.pid),
        );
    });
    void ended.then((cause) =>
      reject(new Error('The thread of the embedded MongoDB server died before it was ready.', { cause })),
    );
  });
}
