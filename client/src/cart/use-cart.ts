import { useQuery } from '@urql/vue';
import { storeToRefs } from 'pinia';
import { computed } from 'vue';
import type { CartCoreFragment, CartFieldsFragment } from '@/__generated__/graphql.js';
import { problemOf } from '@/graph/problem.js';
import { useSessionStore } from '@/session/session-store.js';
import { cartCoreDocument, cartDocument } from './cart-operations.js';
import { useCartStore } from './cart-store.js';

/** A line that may lack what the catalogue knows of it, while the catalogue is away. */
export type CartLine = CartCoreFragment['lines'][number] & Partial<CartFieldsFragment['lines'][number]>;

/** The viewer's cart, live with every change made on this page. */
export function useCart() {
  const { isOpen, wasOpened, token } = storeToRefs(useCartStore());
  const session = useSessionStore();
  /** Somebody who never put anything into a cart has none to ask for. */
  const pause = computed(() => token.value === undefined && session.refreshToken === undefined);
  const full = useQuery({ query: cartDocument, variables: {}, pause });
  const isCatalogueAway = computed(() => !!full.error.value && !full.data.value?.cart);
  const core = useQuery({ query: cartCoreDocument, variables: {}, pause: () => !isCatalogueAway.value });

  const cart = computed(
    () => full.data.value?.cart ?? (isCatalogueAway.value ? core.data.value?.cart : undefined),
  );
  const lines = computed<readonly CartLine[]>(() => cart.value?.lines ?? []);
  const problem = computed(() => problemOf(full.error.value, !!cart.value));

  return {
    isOpen,
    wasOpened,
    cart,
    lines,
    problem,
    isLoading: computed(() => full.fetching.value && !cart.value),
    itemCount: computed(() => cart.value?.itemCount ?? 0),
    isEmpty: computed(() => lines.value.length === 0),
    reload: () => full.executeQuery({ requestPolicy: 'network-only' }),
  };
}
