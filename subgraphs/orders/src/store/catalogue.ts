import { AppError } from '@souk/kit/errors';
import type { Peers } from '@souk/kit/peers';
import DataLoader from 'dataloader';
import type { Catalogue, Quote } from '../domain/catalogue.js';
import type { Money } from '../domain/order.js';

const QUOTE = `query OrdersQuote($variants: [_Any!]!) {
  _entities(representations: $variants) {
    ... on ProductVariant { id weightGrams price { amountMinor currency } product { published } }
  }
}`;

interface QuotedVariant {
  readonly id: string;
  readonly weightGrams: number;
  readonly price: Money;
  readonly product: { readonly published: boolean };
}

/** Prices and weights as the products subgraph has them now. Questions of the same moment are asked together. */
export function createCatalogue(peers: Peers): Catalogue {
  const quotes = new DataLoader<string, Quote | null>((ids) => askProducts(peers, ids), {
    cache: false,
    maxBatchSize: 100,
  });
  return {
    async quote(variantIds) {
      const found = await Promise.all(variantIds.map((id) => quotes.load(id)));
      return new Map(
        variantIds.flatMap((id, index): [string, Quote][] => {
          const quote = found[index];
          return quote ? [[id, quote]] : [];
        }),
      );
    },
  };
}

async function askProducts(peers: Peers, ids: readonly string[]): Promise<(Quote | null)[]> {
  const distinct = [...new Set(ids)];
  const variants = distinct.map((id) => ({ __typename: 'ProductVariant', id }));
  const result = await peers
    .execute('products', { query: QUOTE, variables: { variants } })
    .catch(unavailable);
  if (result.errors?.some((error) => error.extensions?.['code'] !== 'NOT_FOUND')) unavailable(result.errors);
  // The query above decides the shape of `data`.
  const found = (result.data?.['_entities'] ?? []) as readonly (QuotedVariant | null)[];
  const quotes = new Map(
    found.flatMap((variant) => {
      if (!variant?.product.published) return [];
      const { id, price: unitPrice, weightGrams } = variant;
      return [[id, { unitPrice, weightGrams }] as const];
    }),
  );
  return ids.map((id) => quotes.get(id) ?? null);
}

function unavailable(cause: unknown): never {
  throw new AppError('UNAVAILABLE', 'Prices cannot be looked up just now. Try again in a moment.', { cause });
}
