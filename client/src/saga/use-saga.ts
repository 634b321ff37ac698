import { useClientHandle, useQuery, useSubscription } from '@urql/vue';
import { useIntervalFn } from '@vueuse/core';
import { computed, type MaybeRefOrGetter, ref, toValue, watch } from 'vue';
import { useResult } from '@/graph/use-result.js';
import { orderUpdatedDocument } from '@/orders/order-operations.js';
import { sagaTexts } from '@/texts/en-staff.js';
import { refusalOf } from '@/ui/field-errors.js';
import { toast } from '@/ui/toast.js';
import { isAtRest } from './saga-graph.js';
import { compensateSagaDocument, retrySagaDocument, sagaDocument } from './saga-operations.js';

/** Tries and deadlines are no news of the order, so they are asked for. */
const EVERY_MS = 2_000;

/** An order's saga, kept up to date while it goes on, and what staff can do about it. */
export function useSaga(orderId: MaybeRefOrGetter<string>) {
  const { client } = useClientHandle();
  const variables = computed(() => ({ orderId: toValue(orderId) }));
  const query = useQuery({ query: sagaDocument, variables, requestPolicy: 'cache-and-network' });
  const { part: saga, isLoading, isMissing, problem, reload } = useResult(query, (data) => data.saga);

  const live = useSubscription({
    query: orderUpdatedDocument,
    variables: computed(() => ({ id: toValue(orderId), accessToken: null })),
  });
  const version = computed(() => live.data.value?.orderUpdated?.version);
  watch(version, reload);
  useIntervalFn(() => {
    if (saga.value && !isAtRest(saga.value.status) && !query.fetching.value) reload();
  }, EVERY_MS);

  const busy = ref<'retry' | 'compensate'>();
  async function act(what: 'retry' | 'compensate'): Promise<void> {
    if (busy.value) return;
    busy.value = what;
    const document = what === 'retry' ? retrySagaDocument : compensateSagaDocument;
    const { data, error } = await client.mutation(document, { input: { orderId: toValue(orderId) } });
    busy.value = undefined;
    reload();
    const refusal = refusalOf(data?.outcome, error);
    if (refusal !== undefined) return toast({ message: refusal, tone: 'danger' });
    await toast({ message: what === 'retry' ? sagaTexts.retried : sagaTexts.compensated });
  }

  return { saga, isLoading, isMissing, problem, reload, busy, act };
}
