import { once } from 'node:events';
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
  const exited = once(worker, 'exit');
  const { url, port } = await started(worker, logger);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    worker.postMessage('stop');
    await exited;
  };
  return { url, port, stop: () => (stopping ??= stop()) };
}

function started(worker: Worker, logger: Logger): Promise<{ url: string; port: number }> {
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
    worker.once('error', (error) => {
      logger.error({ err: error }, 'the thread of the embedded MongoDB server died');
      reject(error);
    });
    worker.once('exit', () =>
      reject(new Error('the thread of the embedded MongoDB server ended before it was ready')),
    );
  });
}
