import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { once } from '../lifecycle/once.js';
import type { EventLog, OwnedEventLog } from './event-log.js';
import type { DomainEvent, RecordedEvent } from './event.js';
import type { EventSubscription, EventTransport } from './transport.js';

/** A store with an outbox and a consumer, seen by the suite: an owner that counts, and a ledger that adds up. */
export interface EventStoreProbe {
  /** A log over the store; each call is another replica. */
  openLog(): OwnedEventLog;
  /** Writes events together with a change; rolls everything back if `fail` is set. */
  write(events: readonly DomainEvent[], options?: { fail?: boolean }): Promise<void>;
  /**
   * A consumer with durable effects, named `consumer`. `apply` is called for each event in the effect's transaction
   * (or before the idempotent effect) and may throw; the effect is to note the event's id in the consumer's ledger.
   */
  openConsumer(consumer: string, apply?: (event: RecordedEvent) => Promise<void>): EventSubscription;
  /** The ids a consumer's ledger holds, one for each time the effect was stored. */
  ledgerOf(consumer: string): Promise<string[]>;
  /** The ids among the consumer's dead letters. */
  deadLettersOf(consumer: string): Promise<string[]>;
  /** Asks, as an operator does, that all of them be tried again. */
  retryDeadLetters(consumer: string): Promise<void>;
}

/** What is under test: a transport, joined to a store. */
export interface TransportProbe {
  readonly owner: string;
  readonly store: () => EventStoreProbe;
  /** A transport over which consumers reach `log`; `close` ends what it holds open. */
  readonly connect: (log: EventLog) => Promise<{ transport: EventTransport; close(): Promise<void> }>;
  /** True if what was applied before a stop may come again after it; it must not take effect again. @default false */
  readonly repeats?: boolean;
}

let serial = 0;
/** A new event of type `thing.counted`. */
export function madeEvent(owner: string, overrides: Partial<DomainEvent> = {}): DomainEvent {
  serial += 1;
  const id = `event-${process.pid}-${serial}-${Math.random().toString(36).slice(2)}`;
  return {
    id,
    type: 'thing.counted',
    source: owner,
    aggregateId: `thing-${serial % 7}`,
    version: serial,
    occurredAt: new Date().toISOString(),
    correlationId: id,
    payload: { serial, text: 'é"\\\u0001', nested: [1, null, { deep: true }] },
    ...overrides,
  };
}

async function until(what: string, check: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
    await delay(20);
  }
}
const sorted = (ids: readonly string[]): string[] => [...ids].sort();
const idsOf = (events: readonly DomainEvent[]): string[] => events.map((event) => event.id);

/** All positions of a log, read in small pages as a consumer would. */
async function readAll(log: EventLog): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (;;) {
    const page = await log.read(all.at(-1)?.position ?? 0, 50);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** A log whose readers get every page shuffled and with every third event twice. */
const unruly = (log: EventLog): EventLog => ({
  ...log,
  async read(after, limit) {
    const page = await log.read(after, limit);
    const doubled = page.flatMap((event, index) => (index % 3 === 0 ? [event, event] : [event]));
    return doubled
      .map((event) => [Math.random(), event] as const)
      .sort(([a], [b]) => a - b)
      .map(([, event]) => event);
  },
});

/**
 * What every transport promises over every store: nothing is lost, nothing takes effect twice, and one bad event
 * harms no other.
 *
 * @example describeTransportContract('pull over postgres', { owner: 'shop', store: () => store, connect });
 */
export function describeTransportContract(name: string, probe: TransportProbe): void {
  const { owner, store, connect, repeats = false } = probe;
  describe(name, () => {
    const running: Array<() => Promise<void>> = [];
    afterEach(async () => {
      for (const stop of running.splice(0).reverse()) await stop();
    });
    const start = async (log = store().openLog()): Promise<OwnedEventLog> => {
      await log.start();
      running.push(() => log.stop());
      return log;
    };
    const join = async (log: EventLog, subscription: EventSubscription) => {
      const { transport, close } = await connect(log);
      transport.attach(owner, log);
      const subscribed = transport.subscribe(subscription);
      const stop = once(() => subscribed.stop().then(close));
      running.push(stop);
      return { stop };
    };
    const newConsumer = () => `consumer-${Math.random().toString(36).slice(2)}`;

    it('delivers what was written before and after it joined, whole and unchanged', async () => {
      const before = [madeEvent(owner), madeEvent(owner)];
      await store().write(before);
      const log = await start();
      const seen = new Map<string, RecordedEvent>();
      const consumer = newConsumer();
      await join(
        log,
        store().openConsumer(consumer, async (event) => void seen.set(event.id, event)),
      );
      const after = [madeEvent(owner), madeEvent(owner, { payload: null })];
      await store().write(after);
      log.hint();
      const wanted = [...before, ...after];
      const arrived = async () =>
        (await store().ledgerOf(consumer)).filter((id) => idsOf(wanted).includes(id));
      await until('all four', async () => (await arrived()).length >= 4);
      expect(await arrived()).toHaveLength(4);
      for (const event of wanted) {
        expect(seen.get(event.id)).toEqual({ ...event, position: expect.any(Number) as number });
      }
    });

    it('two relays and ten writers, some rolled back: each committed event once, positions without a gap', async () => {
      const logs = [await start(), await start()];
      const committed: DomainEvent[] = [];
      const rolledBack: DomainEvent[] = [];
      const writer = async (number: number): Promise<void> => {
        for (let turn = 0; turn < 15; turn += 1) {
          const events = Array.from({ length: 1 + (turn % 3) }, () => madeEvent(owner));
          if ((turn + number) % 5 === 0) {
            rolledBack.push(...events);
            await store()
              .write(events, { fail: true })
              .catch(() => {});
          } else {
            await store().write(events);
            committed.push(...events);
          }
          logs[turn % 2]?.hint();
        }
      };
      const consumer = newConsumer();
      const [first] = logs;
      if (!first) throw new Error('The suite has started two logs.');
      await join(first, store().openConsumer(consumer));
      await Promise.all(Array.from({ length: 10 }, (_, number) => writer(number)));
      await until('all relayed', async () => {
        const inLog = new Set(idsOf(await readAll(first)));
        return committed.every((event) => inLog.has(event.id));
      });
      const all = await readAll(first);
      const wanted = all.filter((event) => event.type === 'thing.counted');
      // What was in the log before may come later than what is new.
      await until('all taken in', async () => {
        const ledger = new Set(await store().ledgerOf(consumer));
        return wanted.every((event) => ledger.has(event.id));
      });
      expect(all.map((event) => event.position)).toEqual(all.map((_, index) => index + 1));
      const inLog = idsOf(all);
      expect(new Set(inLog).size).toBe(inLog.length);
      expect(sorted(inLog.filter((id) => idsOf(committed).includes(id)))).toEqual(sorted(idsOf(committed)));
      expect(inLog.filter((id) => idsOf(rolledBack).includes(id))).toEqual([]);
      expect(await first.head()).toBe(all.length);
      expect(sorted(await store().ledgerOf(consumer))).toEqual(sorted(idsOf(wanted)));
    });

    it('takes effect once although pages come shuffled and with duplicates', async () => {
      const log = await start();
      const consumer = newConsumer();
      await join(unruly(log), store().openConsumer(consumer));
      const events = Array.from({ length: 40 }, () => madeEvent(owner));
      for (let from = 0; from < events.length; from += 8) {
        await store().write(events.slice(from, from + 8));
        log.hint();
      }
      await until('all', async () => {
        const ledger = new Set(await store().ledgerOf(consumer));
        return events.every((event) => ledger.has(event.id));
      });
      const ledger = await store().ledgerOf(consumer);
      expect(new Set(ledger).size).toBe(ledger.length);
    });

    it('comes again after a crash between effect and cursor, and still takes effect once', async () => {
      const log = await start();
      const events = Array.from({ length: 5 }, () => madeEvent(owner));
      await store().write(events);
      log.hint();
      const consumer = newConsumer();
      const real = store().openConsumer(consumer);
      let crashes = 0;
      const crashing: EventSubscription = {
        ...real,
        async deliver(batch, upTo) {
          await real.deliver(batch, upTo);
          // As if the process had died before it could remember: the next reader starts from the beginning.
          crashes += 1;
          if (crashes <= 2) throw new Error('the process died');
        },
        cursor: { load: async (of) => (crashes <= 2 ? 0 : real.cursor.load(of)) },
      };
      await join(log, crashing);
      await until('all, after two crashes', async () => {
        const ledger = new Set(await store().ledgerOf(consumer));
        return crashes >= 3 && events.every((event) => ledger.has(event.id));
      });
      const ledger = await store().ledgerOf(consumer);
      expect(new Set(ledger).size).toBe(ledger.length);
    });

    it('goes on where it stopped, and a new reader of the same name skips nothing', async () => {
      const log = await start();
      const consumer = newConsumer();
      const delivered: string[] = [];
      const note = async (event: RecordedEvent) => void delivered.push(event.id);
      const first = [madeEvent(owner), madeEvent(owner)];
      await store().write(first);
      log.hint();
      const early = await join(log, store().openConsumer(consumer, note));
      // What is applied is stored a moment later, in the same transaction: it is the ledger that is waited for.
      const stored = async (events: readonly DomainEvent[]): Promise<boolean> => {
        const ledger = new Set(await store().ledgerOf(consumer));
        return events.every((event) => ledger.has(event.id));
      };
      await until('the first two', () => stored(first));
      await early.stop();
      const seenEarly = delivered.length;
      const second = [madeEvent(owner), madeEvent(owner)];
      await store().write(second);
      log.hint();
      await join(log, store().openConsumer(consumer, note));
      await until('the second two', () => stored(second));
      const seenLate = delivered.slice(seenEarly);
      if (!repeats) expect(seenLate).toEqual(idsOf(second));
      const ledger = await store().ledgerOf(consumer);
      expect(new Set(ledger).size).toBe(ledger.length);
      expect(ledger).toEqual(expect.arrayContaining(idsOf([...first, ...second])));
    });

    it('tries a dead letter again when asked to, until it takes effect once', async () => {
      const log = await start();
      const consumer = newConsumer();
      const [good, poison] = [madeEvent(owner), madeEvent(owner)];
      let tries = 0;
      let isMended = false;
      const subscription = store().openConsumer(consumer, async (event) => {
        if (event.id !== poison.id) return;
        tries += 1;
        if (!isMended) throw new Error('cannot be understood yet');
      });
      await join(log, subscription);
      await store().write([good, poison]);
      log.hint();
      const isDead = async () => (await store().deadLettersOf(consumer)).includes(poison.id);
      await until('the dead letter', isDead);

      const triesBefore = tries;
      await store().retryDeadLetters(consumer);
      await until('four more tries', async () => tries >= triesBefore + 4);
      expect(await isDead()).toBe(true);
      isMended = true;
      const ours = idsOf([good, poison]);
      const effects = async () => (await store().ledgerOf(consumer)).filter((id) => ours.includes(id));
      await until('both take effect', async () => {
        // Set aside anew at the end of the tries before, so it is asked for again.
        await store().retryDeadLetters(consumer);
        return (await effects()).length >= 2 && !(await isDead());
      });
      expect(sorted(await effects())).toEqual(sorted(ours));
    });

    it('sets a poison event aside and goes on; a passing failure is tried again and loses nothing', async () => {
      const log = await start();
      const consumer = newConsumer();
      const events = Array.from({ length: 6 }, () => madeEvent(owner));
      const [, flaky, , poison] = events;
      let failures = 0;
      const subscription = store().openConsumer(consumer, async (event) => {
        if (event.id === poison?.id) throw new Error('cannot be understood');
        if (event.id === flaky?.id && ++failures <= 2) throw new Error('not now');
      });
      await join(log, subscription);
      await store().write(events);
      log.hint();
      const good = events.filter((event) => event !== poison);
      await until('the good ones', async () => {
        const ledger = new Set(await store().ledgerOf(consumer));
        return (
          good.every((event) => ledger.has(event.id)) && (await store().deadLettersOf(consumer)).length > 0
        );
      });
      expect(await store().deadLettersOf(consumer)).toEqual([poison?.id]);
      const ledger = await store().ledgerOf(consumer);
      expect(new Set(ledger).size).toBe(ledger.length);
      expect(ledger).not.toContain(poison?.id);
    });

    it('gets only the types it asked for', async () => {
      const log = await start();
      const consumer = newConsumer();
      const other = madeEvent(owner, { type: 'thing.ignored' });
      const wanted = madeEvent(owner);
      await join(log, store().openConsumer(consumer));
      await store().write([other, wanted]);
      log.hint();
      await until('the wanted one', async () => (await store().ledgerOf(consumer)).includes(wanted.id));
      expect(await store().ledgerOf(consumer)).not.toContain(other.id);
    });
  });
}
