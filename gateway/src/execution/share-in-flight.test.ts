import { ANONYMOUS } from '@souk/kit/auth';
import { Cancellation } from '@souk/kit/lifecycle';
import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import type { ExecutionRequest } from './executor.js';
import { shareInFlight } from './share-in-flight.js';

/** As much of a request as sharing looks at. */
const query = (): { request: ExecutionRequest; pass: () => void } => {
  const signal = new Cancellation();
  const deadline = { at: 0, hasPassed: false, signal };
  const request = {
    operation: { kind: 'query', hash: 'h', name: 'Q' },
    variables: {},
    context: { viewer: ANONYMOUS, requestId: 'r' },
    signal,
    call: { deadline },
  } as unknown as ExecutionRequest;
  return {
    request,
    pass() {
      deadline.hasPassed = true;
      signal.abort();
    },
  };
};

it('keeps nobody waiting beyond their own deadline, and ends nothing for the others', async () => {
  let finish: (result: ExecutionResult) => void = () => {};
  let aborted = false;
  const shared = shareInFlight({
    execute({ signal }) {
      if (signal.aborted) return Promise.resolve({ data: { late: true } });
      signal.addEventListener('abort', () => (aborted = true));
      return new Promise((resolve) => (finish = resolve));
    },
  });
  const [first, second] = [query(), query()];
  const answers = [shared.execute(first.request), shared.execute(second.request)];
  first.pass();
  expect(await answers[0]).toEqual({ data: { late: true } });
  expect(aborted).toBe(false);
  finish({ data: { late: false } });
  expect(await answers[1]).toEqual({ data: { late: false } });
});
