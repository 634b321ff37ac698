import type { RecordedEvent } from '@souk/kit/events';
import { z } from 'zod';

/** The events of `products` that may tell of a variant inventory has not heard of. */
export const CATALOGUE_TYPES = ['product.created', 'product.updated', 'product.published'] as const;

const productSchema = z.object({ variantIds: z.array(z.string().min(1)) });

/**
 * The variants of the products told of, each once.
 * @throws Error if a payload is not what was agreed: such an event ends among the dead letters
 */
export const variantIdsOf = (events: readonly RecordedEvent[]): string[] => [
  ...new Set(events.flatMap(({ payload }) => productSchema.parse(payload).variantIds)),
];
