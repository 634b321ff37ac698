import { useQuery } from '@urql/vue';
import { storeToRefs } from 'pinia';
import { computed } from 'vue';
import type { CartFieldsFragment } from '@/__generated__/graphql.js';
import { useResult } from '@/graph/use-result.js';
import { useSessionStore } from '@/session/session-store.js';
import { cartDocument } from './cart-operations.js';
import { useCartStore } from './cart-store.js';

/** A line; its variant is null while the catalogue is away. */
export type CartLine = CartFieldsFragment['lines'][number];

/** The viewer's cart, live with every change made on this page. */
export function useCart() {
  const { isOpen, wasOpened, token } = storeToRefs(useCartStore());
  const session = useSessionStore();
  const query = useQuery({
    query: cartDocument,
    variables: {},
    // Somebody who never put anything into a cart has none to ask for.
    pause: () => token.value === undefined && session.refreshToken === undefined,
  });
  const {
    part: cart,
    isLoading,
    problem,
    reload,
  } = useResult(
    query,
    (data) => data.cart,
    ({ lines }) => lines.every(({ variant }) => variant !== null),
  );
  const lines = computed<readonly CartLine[]>(() => cart.value?.lines ?? []);

  return {
    isOpen,
    wasOpened,
    cart,
    lines,
    problem,
    isLoading,
    itemCount: computed(() => cart.value?.itemCount ?? 0),
    isEmpty: computed(() => lines.value.length === 0),
    reload,
  };
}
