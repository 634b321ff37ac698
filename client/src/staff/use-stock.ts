import { useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import type { StockQuery } from '@/__generated__/graphql.js';
import { useMore } from '@/graph/use-more.js';
import { useResult } from '@/graph/use-result.js';
import { stockDocument } from './staff-operations.js';

const PAGE_SIZE = 50;
/** At most this many units is low. */
const LOW = 5;

/** A variant's stock; without the variant while the catalogue is away. */
export type StockRow = NonNullable<StockQuery['stockItems']>['nodes'][number];

/** Every variant's stock, page by page. */
export function useStock() {
  const lowOnly = ref(false);
  const variables = computed(() => ({ first: PAGE_SIZE, maxAvailable: lowOnly.value ? LOW : null }));
  const query = useQuery({ query: stockDocument, variables, requestPolicy: 'cache-and-network' });
  const { part, isLoading, problem, reload } = useResult(
    query,
    (data) => data.stockItems,
    ({ nodes }) => nodes.every(({ variant }) => variant !== null),
  );
  return {
    rows: computed<readonly StockRow[]>(() => part.value?.nodes ?? []),
    lowOnly,
    total: computed(() => part.value?.totalCount ?? 0),
    ...useMore(
      stockDocument,
      () => variables.value,
      () => part.value,
    ),
    isLoading,
    problem,
    reload,
  };
}
