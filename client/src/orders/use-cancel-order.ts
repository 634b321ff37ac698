import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { texts } from '@/texts/en.js';
import { refusalOf } from '@/ui/field-errors.js';
import { toast } from '@/ui/toast.js';
import { cancelOrderDocument } from './order-operations.js';

/** Calls an order off, and says how that went. */
export function useCancelOrder() {
  const { client } = useClientHandle();
  const isCancelling = ref(false);
  async function cancel(orderId: string, accessToken: string | undefined): Promise<void> {
    isCancelling.value = true;
    const { data, error } = await client.mutation(cancelOrderDocument, {
      input: { orderId, ...(accessToken !== undefined && { accessToken }) },
    });
    isCancelling.value = false;
    const refusal = refusalOf(data?.cancelOrder, error);
    await toast(
      refusal === undefined ? { message: texts.order.cancelled } : { message: refusal, tone: 'danger' },
    );
  }
  return { cancel, isCancelling };
}
