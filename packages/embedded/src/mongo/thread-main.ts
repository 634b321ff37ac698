import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from './options.js';
import { startHere } from './start.js';
import { FolderInUse } from './storage/lock.js';
import type { FromThread, ThreadOptions } from './thread-messages.js';

// What runs inside the worker thread: the server, and messages to whoever started it.

const port = parentPort;
if (port === null) throw new Error('thread-main.js is started by startEmbeddedMongo({ thread: true })');
const tell = (message: FromThread): void => port.postMessage(message);

const log =
  (level: keyof Logger) =>
  (fields: object, message: string): void => {
    // errors and the like do not survive the way between threads as they are
    const plain = Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Error ? value.stack : value,
    ]);
    tell({ kind: 'log', level, fields: Object.fromEntries(plain) as Record<string, unknown>, message });
  };
const logger: Logger = { info: log('info'), warn: log('warn'), error: log('error') };

try {
  const options = workerData as ThreadOptions; // given by startInThread, the only one to start this file
  const mongo = await startHere({ ...options, logger });
  port.on('message', () => {
    void mongo.stop().finally(() => port.close());
  });
  tell({ kind: 'started', url: mongo.url, port: mongo.port });
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  const inUse = error instanceof FolderInUse ? { inUse: { folder: error.folder, pid: error.pid } } : {};
  tell({ kind: 'failed', reason, ...inUse });
  port.close();
}
