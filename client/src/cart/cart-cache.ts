import type { Cache, OptimisticMutationConfig, UpdatesConfig } from '@urql/exchange-graphcache';
import type {
  CartFieldsFragment,
  RemoveCartLineMutationVariables,
  UpdateCartLineMutationVariables,
} from '@/__generated__/graphql.js';
import { cartDocument } from './cart-operations.js';
import { setQuantity } from './set-quantity.js';

/** A payload that brings the cart; refused ones bring null. */
type Payload = Record<string, { cart?: string | { __typename: string } | null } | undefined>;

/** The first cart has no place in the cache yet: every answer that brings one becomes `Query.cart`. */
const linkCart = (field: string) => (result: Payload, _args: unknown, cache: Cache) => {
  const cart = result[field]?.cart;
  // The cache's own type for entities; what a payload holds is one.
  if (cart) cache.link('Query', 'cart', cart as never);
};

export const cartUpdates: UpdatesConfig['Mutation'] = {
  addToCart: linkCart('addToCart'),
  updateCartLine: linkCart('updateCartLine'),
  removeCartLine: linkCart('removeCartLine'),
  mergeCart: linkCart('mergeCart'),
  placeOrder: (_result, _args, cache) => {
    for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
      if (['cart', 'orders', 'allOrders'].includes(fieldName)) cache.invalidate('Query', fieldName, args);
    }
  },
};

/** The drawer answers at once; a refusal puts it back as it was. */
export const cartOptimism: OptimisticMutationConfig = {
  updateCartLine: ({ input }: UpdateCartLineMutationVariables, cache) =>
    payload('UpdateCartLinePayload', cache, (cart) => setQuantity(cart, input.lineId, input.quantity)),
  removeCartLine: ({ input }: RemoveCartLineMutationVariables, cache) =>
    payload('RemoveCartLinePayload', cache, (cart) => setQuantity(cart, input.lineId, 0)),
};

function payload(typename: string, cache: Cache, change: (cart: CartFieldsFragment) => CartFieldsFragment) {
  const cart = cache.readQuery({ query: cartDocument })?.cart;
  if (!cart) return null;
  // Read from the cache, the cart carries type names that its TypeScript type leaves out.
  return { __typename: typename, cart: change(cart), errors: [] } as never;
}
