import type { Facts, SagaEntryFact } from '../facts/facts.js';
import type { Rule } from './violation.js';

/**
 * Shortest pause before a step is asked for again, in milliseconds: that of the saga's policy, five seconds, less what a
 * clock may be set back.
 */
const LEAST_PAUSE_MS = 4_500;

/** What orders asks others for, and for which step. Other steps are only waited for. */
const REQUESTS: Readonly<Record<string, string>> = {
  RESERVE_STOCK: 'stock.reserve-requested',
  AUTHORIZE_PAYMENT: 'payment.authorize-requested',
  COMMIT_STOCK: 'stock.commit-requested',
  CAPTURE_PAYMENT: 'payment.capture-requested',
  SCHEDULE_SHIPMENT: 'shipment.schedule-requested',
  CANCEL_SHIPMENT: 'shipment.cancel-requested',
  RETURN_SHIPMENT: 'shipment.return-requested',
  VOID_PAYMENT: 'payment.void-requested',
  RELEASE_STOCK: 'stock.release-requested',
};
const ASKS: ReadonlySet<string> = new Set(['ASKED', 'ASKED_AGAIN', 'RESTARTED']);
const ENDS: ReadonlySet<string> = new Set(['DONE', 'REFUSED', 'DROPPED']);

/**
 * Two drivers of one saga, or a driver that was thought dead and comes back, would show in the saga's history: as a step
 * that was asked for again before its time, or after its end; as an entry that was overwritten; as a request that the
 * history does not know, or the other way round.
 */
export const oneDriverAtATime: Rule = {
  name: 'no step is carried out by two drivers',
  check({ sagaLog, events }) {
    const sent = countBy(events, ({ aggregateId, source, type }) =>
      source === 'orders' ? `${aggregateId} ${type}` : undefined,
    );
    return [...groupByOrder(sagaLog)].flatMap(([orderId, entries]) =>
      [
        ...whatIsLost(entries),
        ...entries.flatMap((entry, index) => whatIsDoubled(entry, entries.slice(0, index))),
        ...whatIsUnsent(orderId, entries, sent),
      ].map((message) => ({ orderId, message })),
    );
  },
};

function whatIsLost(entries: readonly SagaEntryFact[]): string[] {
  const gap = entries.findIndex(({ sequence }, index) => sequence !== index + 1);
  return gap < 0 ? [] : [`entry ${gap + 1} of its saga's history is ${entries[gap]?.sequence}`];
}

function whatIsDoubled({ step, type, at }: SagaEntryFact, before: readonly SagaEntryFact[]): string[] {
  const last = before.filter((one) => one.step === step).at(-1);
  if (!last) return [];
  const pauseMs = at - last.at;
  if (type === 'ASKED_AGAIN' && ENDS.has(last.type))
    return [`${step} was asked for again after ${last.type}`];
  if (type === 'ASKED_AGAIN' && ASKS.has(last.type) && pauseMs < LEAST_PAUSE_MS) {
    return [`${step} was asked for again after ${pauseMs} ms, by two drivers`];
  }
  return type === 'DONE' && last.type === 'DONE' ? [`${step} was done twice`] : [];
}

function whatIsUnsent(
  orderId: string,
  entries: readonly SagaEntryFact[],
  sent: ReadonlyMap<string, number>,
): string[] {
  const asked = countBy(entries, ({ step, type }) => (ASKS.has(type) ? step : undefined));
  return Object.entries(REQUESTS).flatMap(([step, request]) => {
    const [wanted, really] = [asked.get(step) ?? 0, sent.get(`${orderId} ${request}`) ?? 0];
    return wanted === really
      ? []
      : [`${step} was asked for ${wanted} times, ${request} was sent ${really} times`];
  });
}

function groupByOrder(entries: Facts['sagaLog']): Map<string, SagaEntryFact[]> {
  const groups = new Map<string, SagaEntryFact[]>();
  for (const entry of entries) groups.set(entry.orderId, [...(groups.get(entry.orderId) ?? []), entry]);
  return groups;
}

function countBy<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string | undefined) {
  const counts = new Map<string, number>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
