import { sleep } from '../lifecycle/sleep.js';
import type { RecordedEvent } from './event.js';
import type { EventSubscription, EventTransport } from './transport.js';

/** How unruly {@link createUnrulyTransport} is. */
export interface UnrulyOptions {
  /** The same number makes the same choices for the same deliveries. */
  readonly seed: number;
  /** Share of events that come a second time, at once or later. @default 0.2 */
  readonly duplicated?: number;
  /** Share of events that are held back until after others. @default 0.2 */
  readonly delayed?: number;
  /** Longest delay, in milliseconds. @default 200 */
  readonly maxDelayMs?: number;
}

/** Old events that may come once more. */
const REMEMBERED = 200;

/**
 * A transport that keeps what it must (at least once) and nothing else: it shuffles, repeats and holds back what another
 * one delivers, so that events overtake each other. For tests, and to try a shop that runs; nothing may break.
 *
 * @example const events = createUnrulyTransport(createInProcessTransport({ logger }), { seed: 7 });
 */
export function createUnrulyTransport(inner: EventTransport, options: UnrulyOptions): EventTransport {
  let subscriptions = 0;
  return {
    attach: (owner, log) => inner.attach(owner, log),
    subscribe(subscription) {
      subscriptions += 1;
      const random = randomFrom(options.seed * 1_000 + subscriptions);
      const unruly = unrulySubscription(subscription, random, options);
      const running = inner.subscribe(unruly.subscription);
      return {
        async stop() {
          await running.stop();
          await unruly.stop();
        },
      };
    },
    close: () => inner.close(),
  };
}

/** An event that is held back, and until when. */
interface Held {
  readonly event: RecordedEvent;
  readonly dueAt: number;
}

/** The cursor stays before whatever is held back: after a crash that comes again. */
const cursorBefore = (held: readonly Held[], reached: number): number =>
  Math.min(reached, ...held.map(({ event }) => event.position - 1));

function unrulySubscription(
  subscription: EventSubscription,
  random: () => number,
  { duplicated = 0.2, delayed = 0.2, maxDelayMs = 200 }: UnrulyOptions,
): { readonly subscription: EventSubscription; stop(): Promise<void> } {
  const stopping = new AbortController();
  const past: RecordedEvent[] = [];
  let held: Held[] = [];
  let reached = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One delivery at a time, as the subscription may expect. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  const chosen = (share: number): boolean => random() < share;
  const shuffled = (events: readonly RecordedEvent[]): RecordedEvent[] =>
    events
      .map((event) => [random(), event] as const)
      .sort(([left], [right]) => left - right)
      .map(([, event]) => event);
  const hold = (event: RecordedEvent): Held => ({
    event,
    dueAt: performance.now() + random() * maxDelayMs,
  });

  const deliver = async (batch: readonly RecordedEvent[], upTo: number): Promise<void> => {
    const late = new Set(batch.filter(() => chosen(delayed)));
    const nowHeld = [...held, ...[...late].map(hold)];
    const nowReached = Math.max(reached, upTo);
    const twice = batch.filter((event) => !late.has(event) && chosen(duplicated / 2));
    const old = batch.flatMap(() =>
      chosen(duplicated / 2) ? (past[Math.floor(random() * past.length)] ?? []) : [],
    );
    const now = shuffled([...batch.filter((event) => !late.has(event)), ...twice, ...old]);
    const cursor = cursorBefore(nowHeld, nowReached);
    if (now.length > 0 || cursor > 0) await subscription.deliver(now, cursor);
    // Only now: a delivery that failed comes again as a whole, and until then the cursor must not pass its events.
    held = nowHeld;
    reached = nowReached;
    past.push(...batch);
    past.splice(0, past.length - REMEMBERED);
  };
  const release = async (): Promise<void> => {
    const due = held.filter(({ dueAt }) => dueAt <= performance.now());
    if (due.length === 0) return;
    await subscription.deliver(shuffled(due.map(({ event }) => event)), 0);
    held = held.filter((one) => !due.includes(one));
    const cursor = cursorBefore(held, reached);
    if (cursor > 0) await subscription.deliver([], cursor);
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // What cannot be delivered now is still held, and due.
      await inTurn(release).catch(() => {});
      await sleep(maxDelayMs / 8, stopping.signal);
    }
  };
  const ended = run();
  return {
    subscription: { ...subscription, deliver: (batch, upTo) => inTurn(() => deliver(batch, upTo)) },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
