import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { appendHeaders } from '../http/write.js';
import { resultText } from '../execution/text-result.js';

export interface EventStreamOptions {
  /** How often a stream says that it is still there, in milliseconds: proxies cut what is silent. @default 12000 */
  readonly heartbeatMs?: number;
}

/** A response that is written event by event, as GraphQL over SSE has it (distinct connections mode). */
export interface EventStream {
  /** Resolves once there is room for more, so that a client that reads slowly slows its stream down. */
  next(result: ExecutionResult): Promise<void>;
  /** Says that nothing more will come, and ends. Safe to call twice. */
  complete(): void;
}

/**
 * Begins the response.
 *
 * @param headers more headers, name and value
 * @example const events = openEventStream(response, []); await events.next({ data }); events.complete();
 */
export function openEventStream(
  response: ServerResponse,
  headers: readonly (readonly [name: string, value: string])[],
  { heartbeatMs = 12_000 }: EventStreamOptions = {},
): EventStream {
  appendHeaders(response, headers);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    vary: 'accept, origin',
    // nginx would hold events back until its buffer is full.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  // Who reads nothing for so long is taken for gone, as is a WebSocket that answers no ping.
  response.setTimeout(2 * heartbeatMs, () => {
    if (response.writableLength > 0) response.destroy();
  });
  const heartbeat = setInterval(() => {
    // What waits says so, too, once it is read; more would hide that nothing is.
    if (response.writableLength === 0) response.write(':\n\n');
  }, heartbeatMs).unref();
  const end = (): void => clearInterval(heartbeat);
  response.once('close', end);

  const written = (text: string): Promise<void> | void => {
    if (response.destroyed || response.writableEnded || response.write(text)) return;
    return new Promise((resolve) => {
      const go = (): void => {
        response.off('drain', go);
        response.off('close', go);
        resolve();
      };
      response.once('drain', go);
      response.once('close', go);
    });
  };
  return {
    // JSON text has no line breaks of its own.
    async next(result) {
      await written(`event: next\ndata: ${resultText(result)}\n\n`);
    },
    complete() {
      end();
      if (!response.writableEnded) response.end('event: complete\ndata:\n\n');
    },
  };
}
