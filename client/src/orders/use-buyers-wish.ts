import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { texts } from '@/texts/en.js';
import { refusalOf } from '@/ui/field-errors.js';
import { toast } from '@/ui/toast.js';
import { cancelOrderDocument, returnOrderDocument } from './order-operations.js';

/** What a buyer may ask of an order: to call it off before it leaves, to send it back once it is there. */
export type Wish = 'cancel' | 'return';

/** Asks it, and says how that went. Where the order stands then arrives like every other change. */
export function useBuyersWish() {
  const { client } = useClientHandle();
  const isAsking = ref(false);

  async function ask(wish: Wish, orderId: string, accessToken: string | undefined): Promise<void> {
    const input = { orderId, ...(accessToken !== undefined && { accessToken }) };
    isAsking.value = true;
    const refusal = await (wish === 'cancel' ? cancel(input) : sendBack(input));
    isAsking.value = false;
    const { done } = texts.order.wish[wish];
    await toast(refusal === undefined ? { message: done } : { message: refusal, tone: 'danger' });
  }
  async function cancel(input: { orderId: string }): Promise<string | undefined> {
    const { data, error } = await client.mutation(cancelOrderDocument, { input });
    return refusalOf(data?.cancelOrder, error);
  }
  async function sendBack(input: { orderId: string }): Promise<string | undefined> {
    const { data, error } = await client.mutation(returnOrderDocument, { input });
    return refusalOf(data?.returnOrder, error);
  }
  return { ask, isAsking };
}
