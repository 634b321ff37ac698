import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { useResult } from '@/graph/use-result.js';
import { ordersDocument } from '@/orders/order-operations.js';

const PAGE_SIZE = 10;

/** The account's orders, newest first, page by page. */
export function useMyOrders() {
  const { client } = useClientHandle();
  const query = useQuery({
    query: ordersDocument,
    variables: { first: PAGE_SIZE },
    requestPolicy: 'cache-and-network',
  });
  const { part, isLoading, problem, reload } = useResult(
    query,
    (data) => data.orders,
    ({ nodes }) => nodes.every(({ lines }) => lines.every(({ variant }) => variant !== null)),
  );
  const isLoadingMore = ref(false);
  async function loadMore(): Promise<void> {
    isLoadingMore.value = true;
    await client.query(ordersDocument, { first: PAGE_SIZE, after: part.value?.pageInfo.endCursor ?? null });
    isLoadingMore.value = false;
  }
  return {
    orders: computed(() => part.value?.nodes ?? []),
    hasMore: computed(() => part.value?.pageInfo.hasNextPage ?? false),
    isLoading,
    isLoadingMore,
    problem,
    loadMore,
    reload,
  };
}
