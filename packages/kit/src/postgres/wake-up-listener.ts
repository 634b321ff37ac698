import pg from 'pg';
import { backoff, worthTelling } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import type { Logger } from '../log/logger.js';

/** What {@link startListener} needs. */
export interface ListenerOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly onNotification: (channel: string, text: string) => void;
  readonly logger: Logger;
}

/**
 * Holds one connection that listens, and makes a new one whenever it is lost. Notifications sent meanwhile are
 * lost: they are wake-ups only, and the listener calls `onNotification` once for each channel, with no text, after
 * reconnecting, before it passes on anything that the new connection hears.
 */
export async function startListener(options: ListenerOptions): Promise<{ stop(): Promise<void> }> {
  const { url, channels, onNotification, logger } = options;
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  let reconnecting: Promise<void> | undefined;

  const hear = (from: pg.Client): void => {
    from.on('notification', ({ channel, payload = '' }) => onNotification(channel, payload));
  };
  const connect = async (isFirst: boolean): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'souk event wake-up',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
    });
    next.on('error', () => {}); // 'end' follows
    if (isFirst) hear(next);
    try {
      await next.connect();
      for (const channel of channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    next.once('end', () => {
      reconnecting = reconnect();
    });
    client = next;
    if (isFirst) return;
    // Who reckons the gap from what was heard last must learn of it before there is anything new. A notification that
    // came before this needs no word of its own: whoever looks now finds what it was about.
    for (const channel of channels) onNotification(channel, '');
    hear(next);
  };
  const reconnect = async (): Promise<void> => {
    client = undefined;
    for (let failures = 1; !stopping.signal.aborted; failures += 1) {
      await sleep(backoff(failures), stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        await connect(false);
        return;
      } catch (error) {
        if (worthTelling(failures)) {
          logger.warn({ err: error, failures }, 'cannot listen for events, polling meanwhile');
        }
      }
    }
  };
  await connect(true);

  return {
    async stop() {
      stopping.abort();
      await reconnecting;
      client?.removeAllListeners('end');
      await client?.end().catch(() => {});
    },
  };
}
