import type { DomainEvent } from '@souk/kit/events';
import { z } from 'zod';
import { type Ending, STAGES, STAGE_OF, type Stage } from './stage.js';

/** ISO 4217 codes of the currencies that Souk trades in. */
export type Currency = 'EUR' | 'GBP' | 'USD';

/** A line of an order as its events tell it. */
export interface HistoryLine {
  readonly variantId: string;
  readonly quantity: number;
  /** Minor units; null where the event does not tell it. */
  readonly unitPriceMinor: number | null;
}

/** What an order's own facts say, all of one version. */
export interface OrderFact {
  /** The highest version seen: what is older no longer counts. */
  readonly version: number;
  readonly is: Stage | Ending;
  readonly number: string | null;
  readonly customerId: string | null;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly lines: readonly HistoryLine[];
}

/**
 * What is known of an order from its events. Built so that neither order nor repetition of the events matters: instants
 * only become earlier, refunds only larger, and facts are replaced by those of a higher version.
 */
export interface OrderHistory {
  /** When each stage or ending was first told of; ISO 8601, UTC. */
  readonly since: Readonly<Partial<Record<Stage | Ending, string>>>;
  /** Undefined until orders told a fact. */
  readonly fact?: OrderFact;
  /** All that was given back so far, in minor units. */
  readonly refundedMinor: number;
}

/** An order that nothing is known of. */
export const UNKNOWN_ORDER: OrderHistory = { since: {}, refundedMinor: 0 };

const factPayload = z.object({
  number: z.string().nullish(),
  customerId: z.string().nullish(),
  amountMinor: z.number().int().nonnegative(),
  currency: z.enum(['EUR', 'GBP', 'USD']),
  lines: z.array(
    z.object({
      variantId: z.string(),
      quantity: z.number().int().positive(),
      unitPriceMinor: z.number().int().nonnegative().nullish(),
    }),
  ),
});
const refundPayload = z.object({
  amountMinor: z.number().int().nonnegative(),
  refundedMinor: z.number().int().nonnegative().nullish(),
});

/** The order that an event tells of; undefined for an event about something else. */
export function orderIdOf({ payload }: Pick<DomainEvent, 'payload'>): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('orderId' in payload)) return undefined;
  return typeof payload.orderId === 'string' ? payload.orderId : undefined;
}

/**
 * The history with one more event. An event that says nothing about the order's way, or whose payload is not as
 * agreed, changes nothing.
 *
 * @example events.reduce(evolve, UNKNOWN_ORDER)
 */
export function evolve(history: OrderHistory, event: DomainEvent): OrderHistory {
  if (event.type === 'payment.refunded') return withRefund(history, event);
  const stage = STAGE_OF[event.type];
  if (stage === undefined) return history;
  return withFact(withStage(history, stage, event.occurredAt), stage, event);
}

function withStage(history: OrderHistory, stage: Stage | Ending, at: string): OrderHistory {
  const known = history.since[stage];
  return known !== undefined && known <= at
    ? history
    : { ...history, since: { ...history.since, [stage]: at } };
}

function withFact(history: OrderHistory, is: Stage | Ending, event: DomainEvent): OrderHistory {
  if (!event.type.startsWith('order.') || event.version <= (history.fact?.version ?? 0)) return history;
  const parsed = factPayload.safeParse(event.payload);
  if (!parsed.success) return history;
  const { number, customerId, amountMinor, currency, lines } = parsed.data;
  const fact: OrderFact = {
    version: event.version,
    is,
    number: number ?? null,
    customerId: customerId ?? null,
    amountMinor,
    currency,
    lines: lines.map((line) => ({ ...line, unitPriceMinor: line.unitPriceMinor ?? null })),
  };
  return { ...history, fact };
}

/** `refundedMinor` is the sum so far, so the largest is the latest; without it the amount was given back at once. */
function withRefund(history: OrderHistory, event: DomainEvent): OrderHistory {
  const parsed = refundPayload.safeParse(event.payload);
  if (!parsed.success) return history;
  const total = parsed.data.refundedMinor ?? parsed.data.amountMinor;
  return total > history.refundedMinor ? { ...history, refundedMinor: total } : history;
}

/** The furthest stage that is known of; undefined for an order that has only ended. */
export const furthest = ({ since }: OrderHistory): Stage | undefined =>
  STAGES.findLast((stage) => since[stage] !== undefined);

/** Where the order stands: what its latest fact says, before the first one how far it has come. */
export const standing = (history: OrderHistory): Stage | Ending | undefined =>
  history.fact?.is ?? furthest(history);
