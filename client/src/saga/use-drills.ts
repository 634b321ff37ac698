import { useClientHandle, useQuery } from '@urql/vue';
import { useIntervalFn } from '@vueuse/core';
import { computed, ref } from 'vue';
import type { PaymentDrillMode, ShippingDrill } from '@/__generated__/graphql.js';
import { refusalOf } from '@/ui/field-errors.js';
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

  /** @param change gives why it was refused */
  async function settle(change: PromiseLike<string | undefined>): Promise<void> {
    isBusy.value = true;
    const refusal = await change;
    isBusy.value = false;
    reload();
    if (refusal !== undefined) await toast({ message: refusal, tone: 'danger' });
  }

  return {
    isAllowed: computed(() => query.data.value?.arePaymentDrillsAllowed === true),
    /** Undefined where shipping is away, or allows no drills. */
    shipping: computed(() => query.data.value?.shippingDrill ?? undefined),
    payments: computed(() => query.data.value?.paymentDrill ?? undefined),
    isBusy,
    setPayments: (mode: PaymentDrillMode | null) =>
      settle(
        client
          .mutation(setPaymentDrillDocument, { input: { mode, seconds: SECONDS } })
          .then(({ data, error }) => refusalOf(data?.setPaymentDrill, error)),
      ),
    setShipping: (drill: ShippingDrill) =>
      settle(
        client
          .mutation(setShippingDrillDocument, { input: { drill } })
          .then(({ data, error }) => refusalOf(data?.setShippingDrill, error)),
      ),
  };
}
