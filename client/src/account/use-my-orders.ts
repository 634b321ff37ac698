import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { useMore } from '@/graph/use-more.js';
import { useResult } from '@/graph/use-result.js';
import { ordersDocument } from '@/orders/order-operations.js';

const PAGE = { first: 10 };

/** The account's orders, newest first, page by page. */
export function useMyOrders() {
  const query = useQuery({
    query: ordersDocument,
    variables: PAGE,
    requestPolicy: 'cache-and-network',
  });
  const { part, isLoading, problem, reload } = useResult(
    query,
    (data) => data.orders,
    ({ nodes }) => nodes.every(({ lines }) => lines.every(({ variant }) => variant !== null)),
  );
  return {
    orders: computed(() => part.value?.nodes ?? []),
    ...useMore(
      ordersDocument,
      () => PAGE,
      () => part.value,
    ),
    isLoading,
    problem,
    reload,
  };
}
