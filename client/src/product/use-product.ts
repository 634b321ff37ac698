import { useQuery } from '@urql/vue';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useResult } from '@/graph/use-result.js';
import { productDocument } from './product-operations.js';
import { axesOf, choose } from './variant-choice.js';

/** A product with its chosen variant, which stands in the address, and its stock, which may be unknown. */
export function useProduct(slug: MaybeRefOrGetter<string>) {
  const route = useRoute();
  const router = useRouter();
  const variables = computed(() => ({ slug: toValue(slug) }));
  // The stock wants to be fresh even if the product was here before.
  const query = useQuery({ query: productDocument, variables, requestPolicy: 'cache-and-network' });
  const {
    part: product,
    isLoading,
    isMissing,
    problem,
    reload,
  } = useResult(
    query,
    (data) => data.product,
    ({ variants }) => variants.every(({ stock }) => stock !== null),
  );

  const variants = computed(() => product.value?.variants ?? []);
  /** Units to sell by variant; undefined for one that nobody knows the stock of. */
  const availableOf = (id: string): number | undefined =>
    variants.value.find((variant) => variant.id === id)?.stock?.available;
  const variant = computed(
    () =>
      variants.value.find(({ sku }) => sku === route.query['variant']) ??
      variants.value.find(({ id }) => availableOf(id) !== 0) ??
      variants.value[0],
  );

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
    isLoading,
    isMissing,
    problem,
    pick,
    reload,
  };
}
