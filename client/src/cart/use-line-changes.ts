import { computed, type Ref, toValue } from 'vue';
import { texts } from '@/texts/en.js';
import { toast } from '@/ui/toast.js';
import type { CartLine } from './use-cart.js';
import { useCartChanges } from './use-cart-changes.js';

/** The buttons of one line: what they change is shown at once and put back, with a word, if the server refuses. */
export function useLineChanges(line: () => CartLine, name: Readonly<Ref<string>>) {
  const changes = useCartChanges();
  const tell = (refusal: string | undefined) => {
    if (refusal !== undefined) void toast({ message: refusal, tone: 'danger' });
  };

  const quantity = computed({
    get: () => toValue(line).quantity,
    set: (next) => void changes.setQuantity(toValue(line).id, next).then(tell),
  });
  async function remove(): Promise<void> {
    const { id, variant, quantity } = toValue(line);
    const refusal = await changes.remove(id);
    if (refusal !== undefined) return tell(refusal);
    const undo = variant && {
      label: texts.action.undo,
      onClick: () => void changes.add(variant.id, quantity).then(tell),
    };
    await toast({
      message: texts.cart.removed(name.value),
      ...(undo && { action: undo }),
    });
  }
  return { quantity, remove };
}
