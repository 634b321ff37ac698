import type {
  Cache,
  Data,
  DataFields,
  OptimisticMutationConfig,
  UpdatesConfig,
} from '@urql/exchange-graphcache';
import type {
  CartFieldsFragment,
  RemoveCartLineMutationVariables,
  UpdateCartLineMutationVariables,
} from '@/__generated__/graphql.js';
import { cartDocument } from './cart-operations.js';
import { setQuantity } from './set-quantity.js';

/** A payload that brings the cart; refused ones bring null. */
interface Payload {
  readonly cart?: Data | null;
}

/** The first cart has no place in the cache yet: every answer that brings one becomes `Query.cart`. */
const linkCart = (field: string) => (result: DataFields, _args: unknown, cache: Cache) => {
  // The schema says so; the cache types every field alike.
  const payload = result[field] as Payload | null | undefined;
  const cart = payload?.cart;
  if (!cart) return;
  cache.link('Query', 'cart', cart);
  // What sending costs depends on what is in it.
  for (const { fieldName, arguments: args } of cache.inspectFields(cart)) {
    if (fieldName === 'shippingOptions') cache.invalidate(cart, fieldName, args);
  }
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
