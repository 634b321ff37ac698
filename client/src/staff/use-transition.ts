import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import type { OrderStatus } from '@/__generated__/graphql.js';
import { staffTexts } from '@/texts/en-staff.js';
import { texts } from '@/texts/en.js';
import { refusalOf } from '@/ui/field-errors.js';
import { toast } from '@/ui/toast.js';
import { transitionOrderDocument } from './staff-operations.js';

/** Moves an order on; where it stands then arrives by the live feed like everybody else's moves. */
export function useTransition() {
  const { client } = useClientHandle();
  const moving = ref<OrderStatus>();
  async function move(
    order: { readonly id: string; readonly number: string },
    to: OrderStatus,
    message = '',
  ): Promise<void> {
    if (moving.value !== undefined) return;
    moving.value = to;
    const note = message.trim() === '' ? {} : { message: message.trim() };
    const { data, error } = await client.mutation(transitionOrderDocument, {
      input: { orderId: order.id, to, ...note },
    });
    moving.value = undefined;
    const refusal = refusalOf(data?.transitionOrder, error);
    if (refusal !== undefined) return toast({ message: refusal, tone: 'danger' });
    await toast({ message: staffTexts.moved(order.number, texts.order.status[to]) });
  }
  return { move, moving };
}
