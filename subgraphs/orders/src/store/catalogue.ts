import { AppError } from '@souk/kit/errors';
import type { Peers } from '@souk/kit/peers';
import DataLoader from 'dataloader';
import type { Catalogue } from '../domain/catalogue.js';
import type { Currency, Money } from '../domain/order.js';

const QUOTE = `query OrdersQuote($variants: [_Any!]!) {
  _entities(representations: $variants) {
    ... on ProductVariant { id price { amountMinor currency } product { published } }
  }
}`;

interface QuotedVariant {
  readonly id: string;
  readonly price: { readonly amountMinor: number; readonly currency: Currency };
  readonly product: { readonly published: boolean };
}

/** Prices as the products subgraph has them now. Questions of the same moment are asked together. */
export function createCatalogue(peers: Peers): Catalogue {
  const quotes = new DataLoader<string, Money | null>((ids) => askProducts(peers, ids), {
    cache: false,
    maxBatchSize: 100,
  });
  return {
    async quote(variantIds) {
      const prices = await Promise.all(variantIds.map((id) => quotes.load(id)));
      return new Map(
        variantIds.flatMap((id, index): [string, Money][] => {
          const price = prices[index];
          return price ? [[id, price]] : [];
        }),
      );
    },
  };
}

async function askProducts(peers: Peers, ids: readonly string[]): Promise<(Money | null)[]> {
  const distinct = [...new Set(ids)];
  const variants = distinct.map((id) => ({ __typename: 'ProductVariant', id }));
  const result = await peers
    .execute('products', { query: QUOTE, variables: { variants } })
    .catch(unavailable);
  if (result.errors?.some((error) => error.extensions?.['code'] !== 'NOT_FOUND')) unavailable(result.errors);
  // The query above decides the shape of `data`.
  const found = (result.data?.['_entities'] ?? []) as readonly (QuotedVariant | null)[];
  const prices = new Map(
    found.flatMap((variant) => (variant?.product.published ? [[variant.id, variant.price] as const] : [])),
  );
  return ids.map((id) => prices.get(id) ?? null);
}

function unavailable(cause: unknown): never {
  throw new AppError('UNAVAILABLE', 'Prices cannot be looked up just now. Try again in a moment.', { cause });
}
