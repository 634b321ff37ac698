import type { AuditRecord } from './audit-record.js';
import { UNKNOWN_ORDER, type Currency, type HistoryLine, evolve, standing } from './order-history.js';
import type { Ending, Stage } from './stage.js';

/** What one subgraph had told of its part in an order. */
export interface PartAsOf {
  /** The last thing it told, without the noun: `reserved` for `stock.reserved`. */
  readonly status: string;
  /** When it told so; ISO 8601, UTC. */
  readonly since: string;
  /** What it had told by then; later values replace earlier ones. */
  readonly told: Readonly<Record<string, unknown>>;
}

/** An order as the events up to an instant tell it. What they do not tell is null. */
export interface OrderAsOf {
  readonly orderId: string;
  readonly at: Date;
  readonly stage: Stage | Ending;
  readonly number: string | null;
  readonly customerId: string | null;
  readonly total: { readonly amountMinor: number; readonly currency: Currency } | null;
  readonly refundedMinor: number;
  readonly lines: readonly HistoryLine[];
  readonly stock: PartAsOf | null;
  readonly payment: PartAsOf | null;
  readonly shipment: PartAsOf | null;
  /** In the order in which they happened. */
  readonly events: readonly AuditRecord[];
}

/**
 * The order as of an instant, from its events up to then in any order; undefined if it had not begun.
 *
 * @example orderAt('o1', at, await eventsOfOrder('o1', at))
 */
export function orderAt(orderId: string, at: Date, records: readonly AuditRecord[]): OrderAsOf | undefined {
  const events = [...records].sort(byTime);
  const history = events.reduce(evolve, UNKNOWN_ORDER);
  const stage = standing(history);
  if (stage === undefined) return undefined;
  const { fact, refundedMinor } = history;
  return {
    orderId,
    at,
    stage,
    number: fact?.number ?? null,
    customerId: fact?.customerId ?? null,
    total: fact ? { amountMinor: fact.amountMinor, currency: fact.currency } : null,
    refundedMinor,
    lines: fact?.lines ?? requestedLines(events),
    stock: partOf('inventory', events),
    payment: partOf('payments', events),
    shipment: partOf('shipping', events),
    events,
  };
}

const byTime = (a: AuditRecord, b: AuditRecord): number =>
  compare(a.occurredAt, b.occurredAt) ||
  compare(a.source, b.source) ||
  a.version - b.version ||
  a.number - b.number;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Before an order is placed only the command to inventory tells what is in it, and nothing tells the prices. */
function requestedLines(events: readonly AuditRecord[]): readonly HistoryLine[] {
  const request = events.find(({ type }) => type === 'stock.reserve-requested');
  const { lines } = Object(request?.payload) as { lines?: unknown };
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((line: unknown): HistoryLine[] => {
    const { variantId, quantity } = Object(line) as { variantId?: unknown; quantity?: unknown };
    return typeof variantId === 'string' && typeof quantity === 'number'
      ? [{ variantId, quantity, unitPriceMinor: null }]
      : [];
  });
}

/** The highest version is what counts, whatever the clocks of its writers said. */
function partOf(source: string, events: readonly AuditRecord[]): PartAsOf | null {
  const own = events.filter((event) => event.source === source).sort((a, b) => a.version - b.version);
  const last = own.at(-1);
  if (last === undefined) return null;
  const told = Object.fromEntries(own.flatMap(({ payload }) => Object.entries(Object(payload) as object)));
  return { status: last.type.slice(last.type.indexOf('.') + 1), since: last.occurredAt, told };
}
