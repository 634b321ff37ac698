import { type SqlExecutor, appendEvents } from '@souk/kit/postgres';
import { applyCommand } from '../domain/apply-command.js';
import type { Intent } from '../domain/intent.js';
import type { IntentCommand } from '../domain/intent-command.js';
import type { PaymentMessage } from '../domain/messages.js';
import { refundedMinor } from '../domain/refund.js';
import { FIRST_LOOK_MS } from '../domain/retry.js';
import { published } from '../events/published.js';
import { INTENT_COLUMNS, type IntentRow, toIntent } from './intent-row.js';

/** A command and the order whose payment it is for. */
export interface PaymentTask {
  readonly orderId: string;
  readonly command: IntentCommand;
}

/** What happens outside the payment itself: the time, and ids. */
export interface Surroundings {
  readonly clock: () => Date;
  readonly newId: () => string;
}

interface Work {
  readonly ids: { readonly orderId: string; readonly paymentId: string };
  readonly before: Intent;
  intent: Intent;
  readonly messages: PaymentMessage[];
}

/**
 * Applies commands to any number of payments in the caller's transaction: locks them, lets the domain decide, and
 * writes the effects down set by set. A payment that nobody has spoken of yet is made.
 */
export async function applyCommands(
  sql: SqlExecutor,
  tasks: readonly PaymentTask[],
  { clock, newId }: Surroundings,
): Promise<void> {
  if (tasks.length === 0) return;
  const at = clock();
  const works = await lockIntents(sql, [...new Set(tasks.map(({ orderId }) => orderId))], at, newId);
  for (const { orderId, command } of tasks) {
    const work = works.get(orderId);
    if (!work) throw new Error(`The payment of order ${orderId} is missing although it was just made.`);
    const { intent, messages } = applyCommand(command, { ...work, at: at.toISOString() });
    work.intent = intent;
    work.messages.push(...messages);
  }
  const changed = [...works.values()].filter(({ before, intent }) => intent !== before);
  await writeDown(sql, changed, at);
  await appendEvents(
    sql,
    changed.flatMap(({ ids, messages }) =>
      messages.map(({ type, version, payload }) => ({
        id: newId(),
        type,
        source: published.source,
        aggregateId: ids.orderId,
        version,
        occurredAt: at.toISOString(),
        correlationId: ids.orderId,
        payload,
      })),
    ),
  );
}

/** Locks a payment and reads it; undefined for one that nobody has spoken of yet. */
export async function readIntent(sql: SqlExecutor, orderId: string): Promise<Intent | undefined> {
  const [row] = await sql.query<IntentRow>(
    `SELECT ${INTENT_COLUMNS} FROM intents WHERE order_id = $1 FOR UPDATE`,
    [orderId],
  );
  return row && toIntent(row);
}

/** Locks in the order of ids, so that two overlapping batches wait for each other instead of deadlocking. */
async function lockIntents(
  sql: SqlExecutor,
  orderIds: readonly string[],
  at: Date,
  newId: () => string,
): Promise<Map<string, Work>> {
  const rows = orderIds.map((orderId) => ({ order_id: orderId, payment_id: newId() }));
  await sql.query(
    `INSERT INTO intents (order_id, payment_id, status, goal, version, created_at, updated_at)
     SELECT order_id, payment_id, 'NEW', 'AUTHORIZED', 0, $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS x (order_id text, payment_id text) ORDER BY order_id
     ON CONFLICT (order_id) DO NOTHING`,
    [JSON.stringify(rows), at],
  );
  const locked = await sql.query<IntentRow>(
    `SELECT ${INTENT_COLUMNS} FROM intents WHERE order_id = ANY($1) ORDER BY order_id FOR UPDATE`,
    [orderIds],
  );
  return new Map(
    locked.map((row) => {
      const before = toIntent(row);
      const ids = { orderId: row.order_id, paymentId: row.payment_id };
      return [row.order_id, { ids, before, intent: before, messages: [] }];
    }),
  );
}

async function writeDown(sql: SqlExecutor, works: readonly Work[], at: Date): Promise<void> {
  if (works.length === 0) return;
  const rows = works.map(({ ids, before, intent }) => ({
    order_id: ids.orderId,
    status: intent.status,
    goal: intent.goal,
    version: intent.version,
    amount_minor: intent.charge?.amount.amountMinor ?? null,
    currency: intent.charge?.amount.currency ?? null,
    customer_id: intent.charge?.customerId ?? null,
    // Good for one use, so it goes when the provider has decided.
    payment_token: intent.status === 'REQUESTED' ? (intent.charge?.paymentToken ?? null) : null,
    decline_code: intent.decline?.code ?? null,
    decline_reason: intent.decline?.reason ?? null,
    challenge_url: intent.challengeUrl,
    provider_reference: intent.providerReference,
    refunds: intent.refunds,
    refunded_minor: refundedMinor(intent),
    attempts: intent.attempts,
    operation: intent.operation,
    // An operation under way keeps its lease; a new one is due at once, but a shopper needs time to confirm.
    is_under_way: intent.attempts > 0 && intent.operation === before.operation,
    due_at: new Date(at.getTime() + (intent.operation === 'LOOK_UP' ? FIRST_LOOK_MS : 0)),
  }));
  await sql.query(
    `UPDATE intents SET status = x.status, goal = x.goal, version = x.version, amount_minor = x.amount_minor,
       currency = x.currency, customer_id = x.customer_id, payment_token = x.payment_token,
       decline_code = x.decline_code, decline_reason = x.decline_reason, challenge_url = x.challenge_url,
       provider_reference = x.provider_reference, refunds = x.refunds, refunded_minor = x.refunded_minor,
       attempts = x.attempts, operation = x.operation,
       due_at = CASE WHEN x.operation IS NULL THEN NULL WHEN x.is_under_way THEN intents.due_at ELSE x.due_at END,
       updated_at = CASE WHEN x.version > intents.version THEN $2 ELSE intents.updated_at END
     FROM jsonb_to_recordset($1::jsonb) AS x (
       order_id text, status intent_status, goal intent_goal, version int, amount_minor int, currency currency_code,
       customer_id text, payment_token text, decline_code text, decline_reason text, challenge_url text,
       provider_reference text, refunds jsonb, refunded_minor int, attempts int, operation intent_operation,
       is_under_way boolean, due_at timestamptz)
     WHERE intents.order_id = x.order_id`,
    [JSON.stringify(rows), at],
  );
}
