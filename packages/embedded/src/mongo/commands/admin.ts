import { maxDocumentBytes } from '../bson/decode.js';
import { maxMessageBytes } from '../wire/frames.js';
import type { CommandHandler } from './command.js';
import { document, succeed } from './reply.js';

/** The version whose behaviour the subset has. */
const version = '7.0.0';
const maxWireVersion = 21;

/**
 * Without `setName` and `msg` a driver takes the server for a standalone: it sends no transactions and no retryable
 * writes. Without `topologyVersion` its monitor asks at intervals instead of keeping a request open.
 */
export const hello: CommandHandler = (_args, { commandName, connectionId, now }) => {
  // drivers put offers into it that grow with every version; a real server too ignores those it does not know
  return succeed({
    helloOk: true,
    ...(commandName === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: now(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  });
};

export const ping: CommandHandler = (args) => {
  args.ignore('ping');
  args.end();
  return succeed();
};

export const buildInfo: CommandHandler = (args, { commandName }) => {
  args.ignore(commandName);
  args.end();
  return succeed({
    version,
    versionArray: [7, 0, 0, 0],
    gitVersion: '',
    modules: ['embedded-dev-server'],
    allocator: 'v8',
    javascriptEngine: 'none',
    bits: 64,
    debug: false,
    maxBsonObjectSize: maxDocumentBytes,
    storageEngines: ['embedded'],
  });
};

export const serverStatus: CommandHandler = (args, { started, now }) => {
  args.ignore('serverStatus');
  args.end();
  const uptime = Math.floor((now().getTime() - started.getTime()) / 1000);
  const { rss } = process.memoryUsage();
  return succeed({
    version,
    process: 'embedded-dev-server',
    pid: BigInt(process.pid),
    uptime,
    localTime: now(),
    mem: document({ resident: Math.round(rss / 1024 / 1024) }),
  });
};

/** Sessions hold nothing here, so starting, refreshing and ending them is agreeing. */
export const sessions: CommandHandler = (args, { commandName }) => {
  args.array(commandName);
  args.end();
  return succeed();
};
