import { useQuery } from '@urql/vue';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import type { ProductFilter, ProductSort } from '@/__generated__/graphql.js';
import { problemOf } from '@/graph/problem.js';
import { productRowDocument } from './catalogue-operations.js';

/** What a row of products shows. */
export interface RowRequest {
  readonly sort: ProductSort;
  readonly first: number;
  readonly filter?: ProductFilter;
}

/**
 * A short list of products, in the order asked for.
 *
 * @param except id of a product to leave out
 */
export function useProductRow(
  request: MaybeRefOrGetter<RowRequest | undefined>,
  except: MaybeRefOrGetter<string | undefined> = undefined,
) {
  const variables = computed(() => {
    const { sort = 'FEATURED', first = 1, filter = null } = toValue(request) ?? {};
    return { sort, first: toValue(except) === undefined ? first : first + 1, filter };
  });
  const { data, error, fetching, executeQuery } = useQuery({
    query: productRowDocument,
    variables,
    pause: () => toValue(request) === undefined,
  });
  const products = computed(() =>
    (data.value?.products?.nodes ?? [])
      .filter(({ id }) => id !== toValue(except))
      .slice(0, toValue(request)?.first ?? 1),
  );
  return {
    products,
    isLoading: computed(() => fetching.value && products.value.length === 0),
    problem: computed(() => problemOf(error.value, products.value.length > 0)),
    reload: () => executeQuery({ requestPolicy: 'network-only' }),
  };
}
