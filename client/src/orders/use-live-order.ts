import { useQuery, useSubscription } from '@urql/vue';
import { computed, type MaybeRefOrGetter, shallowRef, toValue, watch } from 'vue';
import { useResult } from '@/graph/use-result.js';
import { type ShownOrder, isComplete, newest } from './newest-order.js';
import { orderDocument, orderUpdatedDocument } from './order-operations.js';

/**
 * An order that changes by itself.
 *
 * @param accessToken a guest's proof of ownership
 */
export function useLiveOrder(
  id: MaybeRefOrGetter<string>,
  accessToken: MaybeRefOrGetter<string | undefined>,
) {
  const variables = computed(() => ({ id: toValue(id), accessToken: toValue(accessToken) ?? null }));
  const asked = useQuery({ query: orderDocument, variables, requestPolicy: 'cache-and-network' });
  const { part, isLoading, isMissing, problem, reload } = useResult(asked, (data) => data.order, isComplete);
  const live = useSubscription({ query: orderUpdatedDocument, variables });

  const order = shallowRef<ShownOrder>();
  for (const source of [part, () => live.data.value?.orderUpdated]) {
    watch(source, (incoming) => incoming && (order.value = newest(order.value, incoming)), {
      immediate: true,
    });
  }
  return { order, isLoading, isMissing: computed(() => !order.value && isMissing.value), problem, reload };
}
