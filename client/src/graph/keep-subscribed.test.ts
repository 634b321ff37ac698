import type { ExecutionResult, Sink } from 'graphql-ws';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepSubscribed } from './keep-subscribed.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const error = (retryable: boolean) => ({ message: 'The stream broke off.', extensions: { retryable } });
const [passing, lasting] = [error(true), error(false)];
const news = (id: string): ExecutionResult => ({ data: { orderUpdated: { id } } });

/** A subscription, what the shop says to it, at once if `answer` does, and what came of it. */
function subscribed(answer: (sink: Sink<ExecutionResult>) => void = () => {}) {
  const begun: Sink<ExecutionResult>[] = [];
  const heard: unknown[] = [];
  let [ended, broken] = [0, 0];
  const stop = keepSubscribed(
    {
      subscribe(_payload, sink) {
        // As graphql-ws gives what arrives to whoever subscribed.
        begun.push(sink as Sink<ExecutionResult>);
        queueMicrotask(() => answer(sink as Sink<ExecutionResult>));
        return () => (ended += 1);
      },
    },
    { query: 'subscription { orderUpdated { id } }' },
    {
      next: ({ data }) => void heard.push(data),
      error: (cause) => void heard.push(cause),
      complete: () => void heard.push('over'),
    },
    { begin: () => (broken += 1), end: () => (broken -= 1) },
  );
  return {
    stop,
    heard,
    /** The latest subscription, as the shop sees it. */
    get shop() {
      const sink = begun.at(-1);
      if (!sink) throw new Error('Nobody has subscribed.');
      return sink;
    },
    counts: () => ({ begun: begun.length, ended, broken }),
  };
}

it('subscribes again when the shop breaks it off, and says so until something is told', async () => {
  const subscription = subscribed();
  subscription.shop.next(news('a'));
  subscription.shop.error([passing]);
  expect(subscription.counts()).toMatchObject({ begun: 1, broken: 1 });
  await vi.advanceTimersByTimeAsync(700);
  expect(subscription.counts()).toMatchObject({ begun: 2, broken: 1 });
  subscription.shop.next(news('b'));
  expect(subscription.counts()).toMatchObject({ begun: 2, broken: 0 });
  expect(subscription.heard).toEqual([news('a').data, news('b').data]);
});

it('takes a while without an error for success, where nothing is told at the beginning', async () => {
  const subscription = subscribed();
  subscription.shop.error([passing]);
  await vi.advanceTimersByTimeAsync(700);
  expect(subscription.counts()).toMatchObject({ begun: 2, broken: 1 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(subscription.counts()).toMatchObject({ begun: 2, broken: 0 });
});

it('tries for ever, ever more rarely, while it cannot even begin', async () => {
  const subscription = subscribed((sink) => {
    sink.next({ errors: [passing] } as unknown as ExecutionResult);
    sink.complete();
  });
  const tries: number[] = [];
  for (let minute = 0; minute < 3; minute += 1) {
    const { begun } = subscription.counts();
    await vi.advanceTimersByTimeAsync(60_000);
    tries.push(subscription.counts().begun - begun);
  }
  // Half a second, one, two, four, eight, and then fifteen, give or take a quarter.
  expect(tries[0]).toBeGreaterThanOrEqual(6);
  for (const later of tries.slice(1)) expect([3, 4, 5]).toContain(later);
  expect(subscription.heard).toEqual([]);
  expect(subscription.counts().broken).toBe(1);
});

it('gives what will not pass to whoever subscribed, and an end that is one', async () => {
  for (const say of [
    (sink: Sink<ExecutionResult>) => sink.error([lasting]),
    (sink: Sink<ExecutionResult>) => sink.error([passing, lasting]),
    (sink: Sink<ExecutionResult>) => sink.error(new Error('no connection')),
    (sink: Sink<ExecutionResult>) => sink.complete(),
  ]) {
    const subscription = subscribed();
    say(subscription.shop);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(subscription.heard).toHaveLength(1);
    expect(subscription.counts()).toEqual({ begun: 1, ended: 0, broken: 0 });
  }
});

it('goes on with a stream in which one event failed', () => {
  const subscription = subscribed();
  subscription.shop.next({ errors: [passing], data: null } as unknown as ExecutionResult);
  subscription.shop.next(news('b'));
  subscription.shop.complete();
  expect(subscription.heard).toEqual([news('b').data, 'over']);
  expect(subscription.counts()).toEqual({ begun: 1, ended: 0, broken: 0 });
});

it('is over when nobody wants it any more, also while it is broken', async () => {
  const subscription = subscribed();
  subscription.shop.error([passing]);
  subscription.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(subscription.counts()).toEqual({ begun: 1, ended: 1, broken: 0 });
});
