import type { Violation } from '../checker/violation.js';
import type { EventFact, Facts, Movement } from '../facts/facts.js';
import type { Told } from '../facts/told.js';
import { type FaultRecord, describeHarm } from '../nemesis/fault.js';

/** Faults this long before and after what happened to an order belong to its story, in milliseconds. */
const AROUND_MS = 2_000;

/**
 * What happened to the order of a violation, in the order of time: what people were told, what services told each other,
 * where money moved, and the faults around it.
 *
 * @returns lines for people; a single one for a violation that is about no order
 */
export function tellStory(violation: Violation, facts: Facts, faults: readonly FaultRecord[]): string[] {
  const { rule, message, orderId } = violation;
  const title = `✗ ${rule}: ${message}`;
  if (orderId === undefined) return [title];
  const moments = [
    ...facts.told.filter((one) => isAbout(one, orderId, facts)).map((one) => [one.at, sayTold(one)] as const),
    ...facts.events
      .filter((event) => concerns(event, orderId))
      .map((event) => [event.at, sayEvent(event)] as const),
    ...facts.movements
      .filter((one) => one.orderId === orderId)
      .map((one) => [one.at, sayMoney(one)] as const),
  ];
  const times = moments.map(([at]) => at);
  const from = Math.min(...times) - AROUND_MS;
  const to = Math.max(...times) + AROUND_MS;
  const near = faults.filter(({ startedAt, endedAt }) => endedAt >= from && startedAt <= to);
  const all = [
    ...moments,
    ...near.map((fault) => [fault.startedAt, `⚡ ${fault.fault.number}: ${sayFault(fault)}`] as const),
  ].sort(([a], [b]) => a - b);
  return [title, ...withoutRepetition(all).map(([at, line]) => `    ${clockOf(at)}  ${line}`)];
}

function isAbout(told: Told, orderId: string, { orders }: Facts): boolean {
  if ('orderId' in told) return told.orderId === orderId;
  return 'key' in told && orders.some(({ id, key }) => id === orderId && key === told.key);
}

const concerns = ({ aggregateId, payload, type }: EventFact, orderId: string): boolean =>
  type !== 'stock.changed' && (aggregateId === orderId || payload['orderId'] === orderId);

function sayTold(told: Told): string {
  switch (told.kind) {
    case 'placed':
      return `${told.who} ← placed ${told.number} ${told.status}, ${told.totalMinor}`;
    case 'refused':
      return `${told.who} ← refused ${told.code}`;
    case 'cancelled':
    case 'returned':
      return `${told.who} ← ${told.kind}`;
    case 'refund-asked':
      return `${told.who} → asks for a refund of ${told.amountMinor}`;
    case 'refunded':
      return `${told.who} ← refunded ${told.amountMinor}`;
    case 'adjusted':
      return `${told.who} ← adjusted ${told.variantId} by ${told.delta}`;
    case 'watching':
      return `${told.who} watches over ${told.way}`;
    case 'watching-stock':
      return `${told.who} watches ${told.variantIds.length} variants over ${told.way}`;
    case 'pushed':
      return `${told.who} ← live ${told.status} (version ${told.version}) over ${told.way}`;
    case 'stock-pushed':
      return `${told.who} ← live ${told.variantId}: ${told.stock.available} available, over ${told.way}`;
    case 'unanswered':
      return `${told.who} … no answer to ${told.what}: ${told.reason}`;
  }
}

const sayEvent = ({ source, type, version, payload }: EventFact): string =>
  `${source}: ${type} (version ${version})${'reason' in payload ? ` ${String(payload['reason'])}` : ''}`;

const sayMoney = ({ kind, amountMinor }: Movement): string => `money: ${kind} ${amountMinor}`;

const sayFault = ({ fault, startedAt, endedAt }: FaultRecord): string =>
  endedAt - startedAt < 100
    ? describeHarm(fault)
    : `${describeHarm(fault)}, for ${((endedAt - startedAt) / 1000).toFixed(1)} s`;

/** The same thing said several times in a row is said once. */
const withoutRepetition = (moments: readonly (readonly [number, string])[]) =>
  moments.filter(([, line], index) => line !== moments[index - 1]?.[1]);

const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 23);
