import { useQuery } from '@urql/vue';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { problemOf } from '@/graph/problem.js';
import { productDocument, productStockDocument } from './product-operations.js';
import { axesOf, choose } from './variant-choice.js';

/** A product with its chosen variant, which stands in the address, and its stock, which may be unknown. */
export function useProduct(slug: MaybeRefOrGetter<string>) {
  const route = useRoute();
  const router = useRouter();
  const variables = computed(() => ({ slug: toValue(slug) }));
  const { data, error, fetching, executeQuery } = useQuery({ query: productDocument, variables });
  const stock = useQuery({ query: productStockDocument, variables, requestPolicy: 'cache-and-network' });

  const product = computed(() => data.value?.product ?? undefined);
  const variants = computed(() => product.value?.variants ?? []);
  /** Units to sell by variant; undefined for one that nobody knows the stock of. */
  const availableOf = (id: string): number | undefined =>
    stock.data.value?.product?.variants.find((variant) => variant.id === id)?.stock.available;
  const variant = computed(
    () =>
      variants.value.find(({ sku }) => sku === route.query['variant']) ??
      variants.value.find(({ id }) => availableOf(id) !== 0) ??
      variants.value[0],
  );
  const problem = computed(() => problemOf(error.value ?? stock.error.value, !!product.value));

  function pick(axis: string, value: string): void {
    const next = choose(variants.value, variant.value, axis, value);
    if (next) void router.replace({ query: { ...route.query, variant: next.sku } });
  }

  return {
    product,
    variants,
    variant,
    axes: computed(() => axesOf(variants.value)),
    available: computed(() => (variant.value ? availableOf(variant.value.id) : undefined)),
    availableOf,
    isLoading: computed(() => fetching.value && !product.value),
    isStockLoading: computed(() => stock.fetching.value && !stock.data.value),
    isMissing: computed(() => !fetching.value && !product.value && !problem.value),
    problem,
    pick,
    reload: () => executeQuery({ requestPolicy: 'network-only' }),
  };
}
