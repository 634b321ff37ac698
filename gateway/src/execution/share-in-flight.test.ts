import { ANONYMOUS } from '@souk/kit/auth';
import { Cancellation } from '@souk/kit/lifecycle';
import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import type { ExecutionRequest, Executor } from './executor.js';
import { shareInFlight } from './share-in-flight.js';

/** As much of a request as sharing looks at. */
const query = (kind = 'query'): { request: ExecutionRequest; pass: () => void } => {
  const signal = new Cancellation();
  const deadline = { at: 0, hasPassed: false, signal };
  const request = {
    operation: { kind, hash: 'h', name: 'Q' },
    variables: {},
    context: { viewer: ANONYMOUS, requestId: 'r' },
    signal,
    call: { deadline, responseHeaders: [] },
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

/** An executor that answers with how often it has been asked. */
const counting = (): Executor => {
  let asked = 0;
  return { execute: () => Promise.resolve({ data: { asked: (asked += 1) } }) };
};
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('shares an answer with those who ask while it is being sent, and begins anew after that', async () => {
  const shared = shareInFlight(counting());
  const ask = () => shared.execute(query().request);
  expect(await Promise.all([ask(), ask()])).toEqual([{ data: { asked: 1 } }, { data: { asked: 1 } }]);
  await nextTurn();
  expect(await ask()).toEqual({ data: { asked: 1 } });
  await nextTurn();
  expect(await ask()).toEqual({ data: { asked: 2 } });
});

it('shares nothing that was begun before a change with those who have its answer', async () => {
  const shared = shareInFlight(counting());
  const before = shared.execute(query().request);
  await shared.execute(query('mutation').request);
  expect(await shared.execute(query().request)).toEqual({ data: { asked: 3 } });
  expect(await before).toEqual({ data: { asked: 1 } });
});

it('tells all what came with the answer, and nobody what only the first was told', async () => {
  const shared = shareInFlight({
    execute({ call }) {
      if (!call) throw new Error('It is told who asks.');
      call.responseHeaders.push(['x-region', 'eu'], ['set-cookie', 'a=1']);
      call.keptUntil = 5_000;
      call.answered = { a: 1 };
      return Promise.resolve({ data: { a: 1 } });
    },
  });
  const [{ request: first }, { request: joined }, { request: sooner }] = [query(), query(), query()];
  if (sooner.call) sooner.call.keptUntil = 4_000;
  await Promise.all([first, joined, sooner].map((request) => shared.execute(request)));
  expect(first.call).toMatchObject({
    keptUntil: 5_000,
    answered: { a: 1 },
    responseHeaders: [
      ['x-region', 'eu'],
      ['set-cookie', 'a=1'],
    ],
  });
  expect(joined.call).toEqual({
    deadline: joined.call?.deadline,
    keptUntil: 5_000,
    responseHeaders: [['x-region', 'eu']],
    cookieWithheld: true,
  });
  expect(sooner.call?.keptUntil).toBe(4_000);

  first.call?.responseHeaders.push(['ratelimit', 'r=1']);
  const { request: late } = query();
  await shared.execute(late);
  expect(late.call?.responseHeaders).toEqual([['x-region', 'eu']]);
});
