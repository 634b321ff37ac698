import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import type { StockQuery } from '@/__generated__/graphql.js';
import { useMore } from '@/graph/use-more.js';
import { useResult } from '@/graph/use-result.js';
import { findStockDocument, stockDocument } from './staff-operations.js';
import { useStockAddress } from './use-stock-address.js';

const PAGE_SIZE = 50;
/** At most this many units is low. */
const LOW = 5;
/** Most variants that a search shows. */
export const MOST_FOUND = 100;

/** A variant's stock; without the variant while the catalogue is away. */
export type StockRow = Pick<NonNullable<StockQuery['stockItems']>['nodes'][number], 'variant' | 'stock'>;

/** Every variant's stock, page by page; or that of the variants that are looked for, which the catalogue finds. */
export function useStock() {
  const address = useStockAddress();
  const { query, lowOnly } = address;
  const isSearch = computed(() => query.value !== '');

  const variables = computed(() => ({ first: PAGE_SIZE, maxAvailable: lowOnly.value ? LOW : null }));
  const listed = useResult(
    useQuery({ query: stockDocument, variables, requestPolicy: 'cache-and-network', pause: isSearch }),
    (data) => data.stockItems,
    ({ nodes }) => nodes.every(({ variant }) => variant !== null),
  );
  const more = useMore(
    stockDocument,
    () => variables.value,
    () => listed.part.value,
  );

  const found = useResult(
    useQuery({
      query: findStockDocument,
      variables: computed(() => ({ query: query.value, first: MOST_FOUND })),
      requestPolicy: 'cache-and-network',
      pause: () => !isSearch.value,
    }),
    (data) => data.variants,
    (variants) => variants.every(({ stock }) => stock !== null),
  );
  const foundRows = computed<readonly StockRow[]>(() =>
    (found.part.value ?? []).flatMap((variant) => {
      const { stock } = variant;
      if (!stock || (lowOnly.value && stock.available > LOW)) return [];
      return [{ variant, stock }];
    }),
  );

  return {
    ...address,
    rows: computed<readonly StockRow[]>(() =>
      isSearch.value ? foundRows.value : (listed.part.value?.nodes ?? []),
    ),
    total: computed(() => (isSearch.value ? foundRows.value.length : (listed.part.value?.totalCount ?? 0))),
    /** More variants are looked for than are shown. */
    isCut: computed(() => isSearch.value && found.part.value?.length === MOST_FOUND),
    hasMore: computed(() => !isSearch.value && more.hasMore.value),
    isLoadingMore: more.isLoadingMore,
    loadMore: more.loadMore,
    isLoading: computed(() => (isSearch.value ? found : listed).isLoading.value),
    problem: computed(() => (isSearch.value ? found : listed).problem.value),
    reload: () => (isSearch.value ? found : listed).reload(),
  };
}
