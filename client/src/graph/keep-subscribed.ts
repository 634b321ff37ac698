import type { Client as Socket, ExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { backoff } from './backoff.js';

/** What has not failed for so long is heard again, in milliseconds: there is no word for having been subscribed. */
const HEARD_AFTER = 2_000;

/** Told when a subscription has broken off, and when it is heard again, or given up. */
export interface Breaks {
  begin(): void;
  end(): void;
}

/**
 * Subscribes, and subscribes again whenever the shop ends it with an error that passes: a part of the shop was started
 * anew, or is away. The connection itself knows nothing of that, and stays. Everything else is the sink's.
 *
 * @returns ends it
 */
export function keepSubscribed(
  socket: Pick<Socket, 'subscribe'>,
  payload: SubscribePayload,
  sink: Sink<ExecutionResult>,
  breaks: Breaks,
): () => void {
  let stop = (): void => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** What came last said that it will pass. */
  let isPassing = false;

  const heard = (): void => {
    clearTimeout(timer);
    if (failures > 0) breaks.end();
    failures = 0;
  };
  const again = (): void => {
    clearTimeout(timer);
    if (failures === 0) breaks.begin();
    timer = setTimeout(begin, backoff(failures, Math.random()));
    failures += 1;
  };
  const begin = (): void => {
    isPassing = false;
    if (failures > 0) timer = setTimeout(heard, HEARD_AFTER);
    stop = socket.subscribe(payload, {
      next(result) {
        isPassing = !result.data && willPass(result.errors);
        if (isPassing) return;
        heard();
        sink.next(result as ExecutionResult);
      },
      error(cause) {
        if (willPass(cause)) return again();
        heard();
        sink.error(cause);
      },
      complete() {
        if (isPassing) return again();
        heard();
        sink.complete();
      },
    });
  };
  begin();
  return () => {
    heard();
    stop();
  };
}

/** True for the shop's errors that say so themselves; a connection that broke is not one of them. */
const willPass = (errors: unknown): boolean =>
  Array.isArray(errors) &&
  errors.length > 0 &&
  errors.every((error: { extensions?: { retryable?: unknown } }) => error.extensions?.retryable === true);
