import { randomUUID } from 'node:crypto';
import { ENVELOPE_HEADER, signEnvelope } from '../auth/envelope.js';
import { AppError } from '../errors/app-error.js';
import { inTime } from '../lifecycle/in-time.js';
import type { EventLog } from './event-log.js';
import type { RecordedEvent } from './event.js';
import { EVENTS_PATH, MAX_PAGE, MAX_WAIT_MS, eventPageSchema } from './event-page.js';

/** Whose log is read, and as whom. */
export interface RemoteEventLogOptions {
  readonly owner: string;
  /** The reading subgraph. */
  readonly reader: string;
  /** The owner's base URL, asked before each request so that an owner may move. */
  readonly url: () => string;
  readonly secret: string;
  /** Longest time an answer may take beyond its long-poll, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number;
}

/**
 * Another subgraph's log, read from its signed `GET /events`. What a long-poll brings is kept for the next `read`,
 * so that an event costs one request. Make one for each consumer.
 */
export function createRemoteEventLog(options: RemoteEventLogOptions): EventLog {
  const { owner, reader, secret, timeoutMs = 10_000 } = options;
  let polled: { after: number; events: readonly RecordedEvent[] } | undefined;

  const get = async (query: Record<string, number>, signal?: AbortSignal) => {
    const url = new URL(EVENTS_PATH, options.url());
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const context = { viewer: { kind: 'service', service: reader }, requestId: randomUUID() } as const;
    const headers = { [ENVELOPE_HEADER]: await signEnvelope(context, { audience: owner, secret }) };
    return inTime((query['wait'] ?? 0) + timeoutMs, signal, async (ending) => {
      const response = await fetch(url, { headers, signal: ending });
      if (response.ok) return eventPageSchema.parse(await response.json());
      const said = (await response.text()).slice(0, 300);
      throw new AppError(
        'UNAVAILABLE',
        `${owner} answered ${response.status} to a request for its events. Check that SOUK_INTERNAL_SECRET is the same everywhere and that ${owner} is up.`,
        { cause: said },
      );
    });
  };

  return {
    async read(after, limit) {
      const ready = polled;
      polled = undefined;
      if (ready?.after === after && ready.events.length <= limit) return ready.events;
      return (await get({ after, limit: Math.min(limit, MAX_PAGE) })).events;
    },
    async waitBeyond(after, waitMs, signal) {
      try {
        const wait = Math.min(waitMs, MAX_WAIT_MS);
        const { events } = await get({ after, limit: 500, wait }, signal);
        if (events.length > 0) polled = { after, events };
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async head() {
      return (await get({ limit: 0 })).head;
    },
  };
}
