import type { AdjustStockInput, ResolversTypes, StockError } from '../__generated__/resolvers-types.js';
import type { AdjustmentResult } from '../commands/adjust-stock.js';

type Payload = Awaited<ResolversTypes['AdjustStockPayload']>;

const refusedWith = <Refusal extends StockError>(error: Refusal): Payload => ({
  stock: null,
  variant: null,
  errors: [error],
});

/** Puts the outcome of an adjustment into the words of the schema. */
export function adjustStockPayload(
  { variantId, delta }: AdjustStockInput,
  result: AdjustmentResult,
): Payload {
  switch (result.kind) {
    case 'applied':
      return { stock: result.stock, variant: { id: variantId }, errors: [] };
    case 'refused':
      return refusedWith({
        code: 'INSUFFICIENT_STOCK',
        message: `Only ${result.available} units are available, so ${-delta} cannot be taken away. Units reserved for orders stay.`,
        path: ['delta'],
        variantId,
        available: result.available,
      });
    case 'conflict':
      return refusedWith({
        code: 'IDEMPOTENCY_CONFLICT',
        message: 'This idempotency key was used for another adjustment. Take a new key for a new adjustment.',
        path: ['idempotencyKey'],
      });
    case 'invalid':
      return refusedWith({
        code: 'INVALID_INPUT',
        message: result.problem.message,
        path: [...result.problem.path],
      });
    case 'unknown':
      return refusedWith({
        code: 'NOT_FOUND',
        message: `Inventory does not know the variant ${variantId}. Check the id.`,
        path: ['variantId'],
      });
  }
}
