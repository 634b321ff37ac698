import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ENVELOPE_HEADER, verifyEnvelope } from '../auth/envelope.js';
import { AppError } from '../errors/app-error.js';
import type { Logger } from '../log/logger.js';
import type { HttpRoute } from '../subgraph/app.js';
import type { EventLog } from './event-log.js';
import { EVENTS_PATH, MAX_PAGE, MAX_WAIT_MS } from './event-page.js';

/** What {@link eventsRoute} needs. */
export interface EventsRouteOptions {
  /** Shared by all subgraphs, at least 32 characters. */
  readonly secret: string;
  /** The owner's name: an envelope made for another subgraph is refused. */
  readonly audience: string;
  /** @default none: a log that cannot be read is only told to the caller */
  readonly logger?: Logger;
}

const wholeNumber = (most: number, fallback: number) =>
  z.coerce.number().int().min(0).max(most).default(fallback);
const querySchema = z.object({
  after: wholeNumber(Number.MAX_SAFE_INTEGER, 0),
  limit: wholeNumber(MAX_PAGE, 500),
  wait: wholeNumber(MAX_WAIT_MS, 0),
});

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};
const refuse = (response: ServerResponse, status: number, code: string, message: string): void =>
  answer(response, status, { error: { code, message } });

/** Throws unless another subgraph signed the request for this one. */
async function requireService(request: IncomingMessage, options: EventsRouteOptions): Promise<void> {
  const envelope = request.headers[ENVELOPE_HEADER];
  if (typeof envelope !== 'string') {
    throw new AppError(
      'UNAUTHENTICATED',
      `Events are for other subgraphs: sign the request in ${ENVELOPE_HEADER}.`,
    );
  }
  const { viewer } = await verifyEnvelope(envelope, options);
  if (viewer.kind !== 'service') {
    throw new AppError(
      'FORBIDDEN',
      'Events are for other subgraphs; people read their data through the graph.',
    );
  }
}

/**
 * Serves a log to other subgraphs: `GET /events?after=&limit=&wait=`. `wait` (milliseconds) holds the answer back
 * until there is something beyond `after`. 401 without a valid signature, 503 for one that is too old, 403 for anybody but a
 * service.
 *
 * @example createSubgraph({ ..., routes: [eventsRoute(log, { secret, audience: 'orders', logger })] })
 */
export function eventsRoute(log: EventLog, options: EventsRouteOptions): HttpRoute {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET') return refuse(response, 405, 'BAD_USER_INPUT', 'Read events with GET.');
    const url = new URL(request.url ?? EVENTS_PATH, 'http://localhost');
    const query = querySchema.safeParse(Object.fromEntries(url.searchParams));
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      await requireService(request, options);
      if (!query.success) {
        return refuse(
          response,
          400,
          'BAD_USER_INPUT',
          'after, limit and wait are whole numbers within their bounds.',
        );
      }
      const { after, limit, wait } = query.data;
      let events = limit === 0 ? [] : await log.read(after, limit);
      if (events.length === 0 && limit > 0 && wait > 0) {
        await log.waitBeyond(after, wait, gone.signal);
        if (gone.signal.aborted) return;
        events = await log.read(after, limit);
      }
      answer(response, 200, { events, head: events.at(-1)?.position ?? (await log.head()) });
    } catch (error) {
      if (error instanceof AppError && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')) {
        return refuse(response, error.code === 'FORBIDDEN' ? 403 : 401, error.code, error.message);
      }
      const errorId = randomUUID();
      options.logger?.error({ err: error, errorId }, 'could not serve events');
      refuse(
        response,
        503,
        'UNAVAILABLE',
        `The event log cannot be read now, try again. Error id ${errorId}.`,
      );
    }
  };
  return { path: EVENTS_PATH, handle };
}
