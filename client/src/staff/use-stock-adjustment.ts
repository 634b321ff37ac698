import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { type Attempt, attemptFor, randomKey } from '@/checkout/attempt.js';
import { texts } from '@/texts/en.js';
import { refusalOf } from '@/ui/field-errors.js';
import { adjustStockDocument } from './staff-operations.js';

/** What came of an adjustment: units available now, or why it was refused. */
export type Adjusted = { readonly available: number } | { readonly refusal: string };

/** Adjusts one variant's stock. Repeating a request that got lost adds nothing twice. */
export function useStockAdjustment() {
  const { client } = useClientHandle();
  const isBusy = ref(false);
  let attempt: Attempt | undefined;

  async function adjust(variantId: string, delta: number): Promise<Adjusted> {
    const request = { variantId, delta };
    attempt = attemptFor(request, attempt, randomKey);
    isBusy.value = true;
    const { data, error } = await client.mutation(adjustStockDocument, {
      input: { ...request, idempotencyKey: attempt.key },
    });
    isBusy.value = false;
    if (data) attempt = undefined;
    const stock = data?.adjustStock.stock;
    if (stock) return { available: stock.available };
    return { refusal: refusalOf(data?.adjustStock, error) ?? texts.problem.broken };
  }
  return { isBusy, adjust };
}
