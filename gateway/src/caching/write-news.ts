import { randomUUID } from 'node:crypto';
import type { Kv } from '@souk/kit/kv';
import { withDeadline } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { z } from 'zod';

export type OnWrite = (writers: readonly string[], subgraphs: readonly string[]) => void;

/** Who wrote, told to every replica: the next request of the same person may go to another one. */
export interface WriteNews {
  /** Resolves when it was told; at the latest after a moment, and never rejects. */
  tell(writers: readonly string[], subgraphs: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const CHANNEL = 'gateway:wrote';
/** A mutation is not held up for longer than this by a Redis that does not answer. Milliseconds. */
const PATIENCE_MS = 100;

const news = z.object({
  from: z.string(),
  writers: z.array(z.string()),
  subgraphs: z.array(z.string()),
});

export function createWriteNews(deps: {
  readonly kv: Kv;
  readonly logger: Logger;
  readonly onWrite: OnWrite;
}): WriteNews {
  const { kv, logger, onWrite } = deps;
  if (!kv.isShared) {
    return { tell: async (writers, subgraphs) => onWrite(writers, subgraphs), stop: async () => {} };
  }
  const self = randomUUID();
  const hear = (message: string): void => {
    const { from, writers, subgraphs } = news.parse(JSON.parse(message));
    if (from !== self) onWrite(writers, subgraphs);
  };
  const failed = (error: unknown): void => {
    logger.debug({ err: error }, 'other replicas do not hear of writes');
  };
  const listening = kv.subscribe(CHANNEL, hear);
  listening.catch(failed);
  return {
    async tell(writers, subgraphs) {
      onWrite(writers, subgraphs);
      const message = JSON.stringify({ from: self, writers, subgraphs });
      await withDeadline(kv.publish(CHANNEL, message), PATIENCE_MS, 'Telling replicas').catch(failed);
    },
    async stop() {
      await listening.then((leave) => leave()).catch(failed);
    },
  };
}
