import { useQuery, useSubscription } from '@urql/vue';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useResult } from '@/graph/use-result.js';
import { productDocument, stockChangedDocument } from './product-operations.js';
import { axesOf, choose } from './variant-choice.js';

/** As many variants as may be listened to at once. */
const MOST_LIVE = 100;

/** A product with its chosen variant, which stands in the address, and its stock, which is live and may be unknown. */
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
  // What it tells goes into the cache, and from there to whatever shows these variants.
  const variantIds = computed(() => variants.value.slice(0, MOST_LIVE).map(({ id }) => id));
  useSubscription({
    query: stockChangedDocument,
    variables: computed(() => ({ variantIds: variantIds.value })),
    pause: computed(() => variantIds.value.length === 0),
  });
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
