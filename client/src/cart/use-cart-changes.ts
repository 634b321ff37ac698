import { type CombinedError, useClientHandle } from '@urql/vue';
import type { CartFieldsFragment, CheckoutErrorFieldsFragment } from '@/__generated__/graphql.js';
import { problemOf } from '@/graph/problem.js';
import { texts } from '@/texts/en.js';
import {
  addToCartDocument,
  cartDocument,
  removeCartLineDocument,
  updateCartLineDocument,
} from './cart-operations.js';
import { useCartStore } from './cart-store.js';

interface Payload {
  readonly cart: CartFieldsFragment | null;
  readonly errors: readonly CheckoutErrorFieldsFragment[];
}

/** Changes to the cart. Each returns a sentence for the shopper if it was refused, undefined when it worked. */
export function useCartChanges() {
  const { client } = useClientHandle();
  const store = useCartStore();

  async function settle(
    payload: Payload | undefined,
    error: CombinedError | undefined,
  ): Promise<string | undefined> {
    if (payload?.cart?.token) store.token = payload.cart.token;
    const refusal = payload?.errors[0];
    if (refusal) return refusal.message;
    // Done, even if the catalogue could not describe it.
    if (payload?.cart || !error) return undefined;
    await client.query(cartDocument, {}, { requestPolicy: 'network-only' });
    return texts.problem[problemOf(error, false) ?? 'broken'];
  }

  return {
    async add(variantId: string, quantity: number): Promise<string | undefined> {
      const { data, error } = await client.mutation(addToCartDocument, { input: { variantId, quantity } });
      return settle(data?.addToCart, error);
    },
    async setQuantity(lineId: string, quantity: number): Promise<string | undefined> {
      const { data, error } = await client.mutation(updateCartLineDocument, { input: { lineId, quantity } });
      return settle(data?.updateCartLine, error);
    },
    async remove(lineId: string): Promise<string | undefined> {
      const { data, error } = await client.mutation(removeCartLineDocument, { input: { lineId } });
      return settle(data?.removeCartLine, error);
    },
  };
}
