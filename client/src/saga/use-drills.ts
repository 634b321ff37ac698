import { useClientHandle, useQuery } from '@urql/vue';
import { useIntervalFn } from '@vueuse/core';
import { computed, ref } from 'vue';
import type { PaymentDrillMode, ShippingDrill } from '@/__generated__/graphql.js';
import { problemOf } from '@/graph/problem.js';
import { texts } from '@/texts/en.js';
import { drillTexts } from '@/texts/en-saga.js';
import { toast } from '@/ui/toast.js';
import { drillsDocument, setPaymentDrillDocument, setShippingDrillDocument } from './saga-operations.js';

/** How long a drill lasts unless it is ended before, in seconds. */
const SECONDS = 60;

/** Making payments and shipping go wrong on purpose, where the shop allows it. */
export function useDrills() {
  const { client } = useClientHandle();
  const query = useQuery({ query: drillsDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const isBusy = ref(false);
  const reload = (): void => void query.executeQuery({ requestPolicy: 'network-only' });
  // A drill ends by itself.
  useIntervalFn(() => {
    if (query.data.value?.paymentDrill && !query.fetching.value) reload();
  }, 5_000);

  async function setPayments(mode: PaymentDrillMode | null): Promise<void> {
    isBusy.value = true;
    const { data, error } = await client.mutation(setPaymentDrillDocument, {
      input: { mode, seconds: SECONDS },
    });
    isBusy.value = false;
    reload();
    const refusal = data
      ? data.setPaymentDrill.errors[0]?.message
      : texts.problem[problemOf(error, false) ?? 'broken'];
    if (refusal !== undefined) await toast({ message: refusal || drillTexts.refused, tone: 'danger' });
  }

  async function setShipping(drill: ShippingDrill): Promise<void> {
    isBusy.value = true;
    const { data, error } = await client.mutation(setShippingDrillDocument, { input: { drill } });
    isBusy.value = false;
    reload();
    const refusal = data
      ? data.setShippingDrill.errors[0]?.message
      : texts.problem[problemOf(error, false) ?? 'broken'];
    if (refusal !== undefined) await toast({ message: refusal || drillTexts.refused, tone: 'danger' });
  }

  return {
    isAllowed: computed(() => query.data.value?.arePaymentDrillsAllowed === true),
    /** Undefined where shipping is away, or allows no drills. */
    shipping: computed(() => query.data.value?.shippingDrill ?? undefined),
    setShipping,
    payments: computed(() => query.data.value?.paymentDrill ?? undefined),
    isBusy,
    setPayments,
  };
}
