import {
  type AdjustmentRequest,
  type InputProblem,
  decideAdjustment,
  fingerprintOf,
  problemOf,
} from '../domain/adjustment.js';
import type { AdjustmentOutcome, StockItem } from '../domain/stock-item.js';
import { stockChanged } from '../events/published.js';
import type { CommandDeps } from './deps.js';
import { untilWritten } from './until-written.js';

/** What `adjustStock` answers. */
export type AdjustmentResult =
  | AdjustmentOutcome
  | { readonly kind: 'conflict' }
  | { readonly kind: 'invalid'; readonly problem: InputProblem }
  | { readonly kind: 'unknown' };

/**
 * Adds or takes away units, once for each key. The first final outcome, applied or refused, is what the key answers
 * from then on; the item's document decides it in one write, so that two requests with one key cannot both apply.
 */
export async function adjustStock(deps: CommandDeps, request: AdjustmentRequest): Promise<AdjustmentResult> {
  const { store, clock } = deps;
  const { idempotencyKey: key } = request;
  const fingerprint = fingerprintOf(request);
  const [known] = await store.adjustments.find([key]);
  if (known && known.fingerprint !== fingerprint) return { kind: 'conflict' };
  if (known?.outcome) return known.outcome;

  const problem = problemOf(request);
  if (problem) return { kind: 'invalid', problem };
  if ((await store.items.find([request.variantId])).length === 0) return { kind: 'unknown' };
  const claimed = await store.adjustments.claim(key, fingerprint, clock());
  if (claimed.fingerprint !== fingerprint) return { kind: 'conflict' };
  const outcome = await untilWritten(() => decideOnce(deps, request));
  await store.adjustments.settle(key, outcome);
  return outcome;
}

async function decideOnce(
  deps: CommandDeps,
  request: AdjustmentRequest,
): Promise<AdjustmentOutcome | undefined> {
  const { store, clock } = deps;
  const { idempotencyKey: key, variantId, delta } = request;
  // The item before the records: an outcome leaves the item's memory only after it is in the record, and with a new version.
  const [item] = await store.items.find([variantId]);
  if (!item) throw new Error(`The stock item ${variantId} has disappeared.`);
  const remembered = item.adjustments.find((step) => step.key === key);
  if (remembered) return remembered.outcome;
  const records = await store.adjustments.find([key, ...item.adjustments.map((step) => step.key)]);
  const settled = new Map(
    records.flatMap((record) => (record.outcome ? [[record.key, record.outcome] as const] : [])),
  );
  const before = settled.get(key);
  if (before) return before;

  const outcome = decideAdjustment(item, delta);
  const movements = [{ kind: 'adjusted', quantity: delta }] as const;
  const changed: StockItem = {
    ...item,
    ...(outcome.kind === 'applied' ? outcome.stock : {}),
    adjustments: [...item.adjustments.filter((step) => !settled.has(step.key)), { key, outcome }],
  };
  const next = { ...changed, version: changed.version + 1 };
  const event = outcome.kind === 'applied' ? stockChanged(deps, next, movements) : undefined;
  if (!(await store.items.write([{ item: changed, event }], clock()))) return undefined;
  deps.onPublished();
  return outcome;
}
