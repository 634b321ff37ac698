import type { Durability } from './storage/log.js';

/** The part of a structured logger that the server uses; a pino logger fits. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EmbeddedMongoOptions {
  /** Where the data lives; created if missing. Without it everything is kept in memory only. */
  readonly dataDir?: string;
  /** @default 0, which takes a free port */
  readonly port?: number;
  /** A loopback address; others are refused. @default '127.0.0.1' */
  readonly host?: string;
  /** When an acknowledged write is on disk. @default 'interval' */
  readonly durability?: Durability;
  /** Whether this is a production environment, where the server refuses to start. The caller knows; nothing is read here. */
  readonly production: boolean;
  /** @default silent */
  readonly logger?: Logger;
  /** Run in a worker thread, off the caller's event loop. Needs the built package. @default false */
  readonly thread?: boolean;
  /** Bytes the log grows before the data folder is compacted. @default 67108864 (64 MiB) */
  readonly compactBytes?: number;
}

export interface EmbeddedMongo {
  /** For a driver: `mongodb://127.0.0.1:PORT/?directConnection=true`. */
  readonly url: string;
  readonly port: number;
  /** Closes connections, writes what is left, releases the data folder. May be called more than once. */
  stop(): Promise<void>;
}

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
