import { storeToRefs } from 'pinia';
import { computed, type Ref } from 'vue';
import { texts } from '@/texts/en.js';
import { useCartStore } from './cart-store.js';
import { useCartChanges } from './use-cart-changes.js';
import type { CartLine } from './use-cart.js';

/** The buttons of one line: what they change is shown at once and put back, with a word, if the server refuses. */
export function useLineChanges(line: () => CartLine, name: Readonly<Ref<string>>) {
  const changes = useCartChanges();
  const { notice } = storeToRefs(useCartStore());
  const tell = (refusal: string | undefined) => {
    notice.value = refusal === undefined ? undefined : { message: refusal, tone: 'danger' };
  };

  const quantity = computed({
    get: () => line().quantity,
    set: (next) => void changes.setQuantity(line().id, next).then(tell),
  });
  async function remove(): Promise<void> {
    const { id, variant, quantity } = line();
    const message = texts.cart.removed(name.value);
    const refusal = await changes.remove(id);
    if (refusal !== undefined) return tell(refusal);
    // Without the catalogue nobody knows what to put back.
    const undo = variant && (() => void changes.add(variant.id, quantity).then(tell));
    notice.value = { message, tone: 'ok', ...(undo && { undo }) };
  }
  return { quantity, remove };
}
