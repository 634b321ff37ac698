import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import type { ShippingOptionsQuery } from '@/__generated__/graphql.js';
import { useCart } from '@/cart/use-cart.js';
import { problemOf } from '@/graph/problem.js';
import { shippingOptionsDocument } from './checkout-operations.js';

/** A way of sending the cart, with its price. */
export type ShippingOption = NonNullable<
  NonNullable<ShippingOptionsQuery['cart']>['shippingOptions']
>[number];

/**
 * How the cart can be sent to a country, cheapest first. Asked for again when the country or the cart changes; until
 * the answer is there, nothing is offered: what was shown must be what is charged.
 */
export function useShippingOptions(country: () => string) {
  const { isEmpty } = useCart();
  const { data, error, fetching, stale, executeQuery } = useQuery({
    query: shippingOptionsDocument,
    variables: () => ({ country: country() }),
    pause: isEmpty,
  });
  const isLoading = computed(
    () => fetching.value || stale.value || (data.value === undefined && error.value === undefined),
  );
  const offered = computed(() => data.value?.cart?.shippingOptions);
  // Null is no answer, also where the cache has forgotten the error that came with it.
  const problem = computed(() => (offered.value ? undefined : (problemOf(error.value, false) ?? 'partial')));
  const options = computed<readonly ShippingOption[]>(() => (isLoading.value ? [] : (offered.value ?? [])));

  return {
    options,
    isLoading,
    problem: computed(() => (isLoading.value ? undefined : problem.value)),
    reload: () => void executeQuery({ requestPolicy: 'network-only' }),
  };
}
