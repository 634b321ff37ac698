import type { DemoOrder } from '@souk/demo-data/orders';
import { pgExecutor } from '@souk/kit/postgres';
import type { PaymentsDeps } from './app.js';
import type { Currency, Goal, IntentStatus } from './domain/intent.js';
import { idempotencyKeyOf } from './provider/payment-provider.js';
import { insertMovements } from './provider/sandbox/ledger.js';
import type { Movement } from './provider/sandbox/movement.js';
import { openDatabase } from './store/database.js';

/** Which demo data to make. */
export interface SeedOptions {
  /** Size of the catalogue that the orders' lines are drawn from. */
  readonly products: number;
  /** The same number makes the same orders. */
  readonly seed: number;
  /** How many orders, as in the seed of the orders subgraph. @default 800 */
  readonly orders?: number;
}

/** Rows of one statement. */
const PORTION = 1_000;

/**
 * Makes the payments of the demo orders, as if the sandbox had decided about them; nobody is told. Payments that are
 * there already stay as they are, so it can be repeated.
 */
export async function seed(
  deps: Pick<PaymentsDeps, 'databaseUrl' | 'logger' | 'clock'>,
  options: SeedOptions,
): Promise<void> {
  const { products, seed: number, orders: count = 800 } = options;
  // Loaded here, because a shop that has its data should start without the generator.
  const [{ orderHistory }, { DEMO_CURRENCY }] = await Promise.all([
    import('@souk/demo-data/orders'),
    import('@souk/demo-data/catalogue'),
  ]);
  const history = [...orderHistory({ products, orders: count, seed: number, now: deps.clock() })];
  const database = openDatabase({ url: deps.databaseUrl, logger: deps.logger });
  try {
    const currency: Currency = DEMO_CURRENCY;
    for (let start = 0; start < history.length; start += PORTION) {
      const orders = history.slice(start, start + PORTION);
      await insertMovements(
        pgExecutor(database.pool),
        orders.flatMap((order) => movementsOf(order, currency)),
      );
      const rows = orders.map((order) => ({ ...toRow(order), currency }));
      await database.prisma.intent.createMany({ data: rows, skipDuplicates: true });
    }
  } finally {
    await database.close();
  }
}

function toRow({ id, customerId, totalMinor, status, createdAt, updatedAt }: DemoOrder) {
  return {
    ...STATE_OF[status],
    orderId: id,
    paymentId: `pay_${id}`,
    amountMinor: totalMinor,
    customerId,
    providerReference: `sandbox-${id}`,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

/** What became of the payment of an order in a state, and how many events that were. */
const STATE_OF: Readonly<Record<DemoOrder['status'], { status: IntentStatus; goal: Goal; version: number }>> =
  {
    PLACED: { status: 'AUTHORIZED', goal: 'AUTHORIZED', version: 1 },
    PAID: { status: 'CAPTURED', goal: 'CAPTURED', version: 2 },
    SHIPPED: { status: 'CAPTURED', goal: 'CAPTURED', version: 2 },
    COMPLETE: { status: 'CAPTURED', goal: 'CAPTURED', version: 2 },
    CANCELLED: { status: 'VOIDED', goal: 'UNDONE', version: 2 },
  };

/** What the sandbox would have in its books. */
function movementsOf(order: DemoOrder, currency: Currency): Movement[] {
  const { status } = STATE_OF[order.status];
  const entry = (kind: Movement['kind'], at: string): Movement => ({
    key: idempotencyKeyOf(order.id, kind),
    orderId: order.id,
    kind,
    outcome: 'DONE',
    amountMinor: order.totalMinor,
    currency,
    token: kind === 'AUTHORIZE' ? 'tok_approve' : null,
    challengeId: null,
    code: null,
    reason: null,
    at: new Date(at),
  });
  const held = entry('AUTHORIZE', order.createdAt);
  if (status === 'CAPTURED') return [held, entry('CAPTURE', order.updatedAt)];
  return status === 'VOIDED' ? [held, entry('VOID', order.updatedAt)] : [held];
}
