import type { ServerResponse } from 'node:http';
import type { Logger } from '@souk/kit/log';
import { GraphQLError } from 'graphql';
import { whenExpired } from '../identity/when-expired.js';
import { isStream, type OperationCall, type OperationOutcome } from '../operation/operation-call.js';
import { refusalOf } from '../operation/refusal-of.js';
import { openEventStream } from './event-stream.js';

/** Streams that run, and how to end them. */
export interface EventAnswers {
  /** Writes an outcome as events: one for a single result, as many as come for a stream. Resolves at its end. */
  answer(response: ServerResponse, call: OperationCall, outcome: OperationOutcome): Promise<void>;
  /** Completes every stream, and those that begin later at once: clients connect again, to another replica. */
  completeAll(): void;
}

export function createEventAnswers(logger: Logger): EventAnswers {
  const running = new Set<() => void>();
  let isOver = false;
  return {
    async answer(response, call, outcome) {
      const events = openEventStream(response, call.responseHeaders);
      if (!isStream(outcome)) {
        await events.next(outcome);
        return events.complete();
      }
      const source = outcome[Symbol.asyncIterator]();
      const stop = (): void => {
        events.complete();
        void source.return?.();
      };
      const cancelExpiry = whenExpired(call.expiresAt, () => {
        void events.next({ errors: [EXPIRED] });
        stop();
      });
      running.add(stop);
      if (isOver) stop();
      try {
        for (;;) {
          const step = await source.next();
          if (step.done) break;
          await events.next(step.value);
        }
      } catch (error) {
        // A broken stream says so itself; anything else nobody meant to show.
        const errors =
          error instanceof GraphQLError ? [error] : refusalOf(error, call.requestId, logger).errors;
        await events.next({ errors });
      } finally {
        cancelExpiry();
        running.delete(stop);
        events.complete();
      }
    },
    completeAll() {
      isOver = true;
      for (const stop of running) stop();
    },
  };
}

const EXPIRED = new GraphQLError('The access token has expired. Subscribe again with a fresh one.', {
  extensions: { code: 'UNAUTHENTICATED', retryable: false },
});
