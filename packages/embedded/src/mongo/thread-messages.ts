import type { EmbeddedMongoOptions, Logger } from './options.js';

/** The options that can cross into a thread. */
export type ThreadOptions = Omit<EmbeddedMongoOptions, 'logger' | 'thread'>;

/** What the thread tells the thread that started it. */
export type FromThread =
  | { readonly kind: 'started'; readonly url: string; readonly port: number }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly inUse?: { readonly folder: string; readonly pid: number };
    }
  | {
      readonly kind: 'log';
      readonly level: keyof Logger;
      readonly fields: Record<string, unknown>;
      readonly message: string;
    };
