import type { IncomingMessage, ServerResponse } from 'node:http';
import { TIME_LEFT_HEADER } from '../auth/time-left.js';
import { AppError } from '../errors/app-error.js';
import { Cancellation, type CancelSignal } from '../lifecycle/cancellation.js';

/** How long the caller of a request waits: until it hangs up, or the time that it gave in its header is over. */
export interface CallerPatience {
  readonly signal: CancelSignal;
  /** Rejects with TIMEOUT once nobody waits any more. */
  readonly over: Promise<never>;
  /** The request has its answer. */
  end(): void;
}

export function patienceOf(request: IncomingMessage, response: ServerResponse): CallerPatience {
  const gone = new Cancellation();
  const leave = (): void => gone.abort();
  const left = timeLeftIn(request);
  const timer = left === undefined ? undefined : setTimeout(leave, left);
  response.once('close', leave);
  const over = new Promise<never>((_, reject) => {
    gone.addEventListener('abort', () =>
      reject(new AppError('TIMEOUT', 'The time for this operation is over. Try again, or ask for less.')),
    );
  });
  // Whoever has the answer already does not look any more.
  over.catch(() => {});
  return {
    signal: gone,
    over,
    end() {
      clearTimeout(timer);
      response.off('close', leave);
    },
  };
}

/** In milliseconds; undefined if the caller says nothing, or nothing sensible. */
function timeLeftIn({ headers }: IncomingMessage): number | undefined {
  const given = headers[TIME_LEFT_HEADER];
  return typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : undefined;
}
