import { AppError } from '@souk/kit/errors';
import type { Peers } from '@souk/kit/peers';
import type { Money } from '../domain/order.js';
import type { ShippingRates } from '../domain/shipping-rates.js';

const OFFERS = `query OrdersShippingOffers($carts: [_Any!]!, $country: String!) {
  _entities(representations: $carts) {
    ... on Cart { shippingOptions(country: $country) { id price { amountMinor currency } } }
  }
}`;

interface QuotedCart {
  readonly shippingOptions: readonly { readonly id: string; readonly price: Money }[];
}

/**
 * Asks shipping what the graph's `Cart.shippingOptions` asks it: with the fields of the cart that it `@requires`. So a
 * buyer is charged what a buyer is shown.
 */
export function createShippingRates(peers: Peers): ShippingRates {
  return {
    async offersFor({ cartId, lines, subtotal, country }) {
      const cart = {
        __typename: 'Cart',
        id: cartId,
        lines: lines.map(({ quantity, weightGrams }) => ({
          quantity,
          variant: weightGrams === null ? null : { weightGrams },
        })),
        subtotal: { amountMinor: subtotal.amountMinor },
      };
      const result = await peers
        .execute('shipping', { query: OFFERS, variables: { carts: [cart], country } })
        .catch(unavailable);
      if (result.errors) unavailable(result.errors);
      // The query above decides the shape of `data`.
      const [quoted] = (result.data?.['_entities'] ?? []) as readonly (QuotedCart | null)[];
      return (quoted?.shippingOptions ?? [])
        .filter(({ price }) => price.currency === subtotal.currency)
        .map(({ id, price }) => ({ optionId: id, price }));
    },
  };
}

function unavailable(cause: unknown): never {
  const message =
    'What sending costs cannot be looked up just now. Nothing was ordered or charged: try again in a moment.';
  throw new AppError('UNAVAILABLE', message, { cause });
}
