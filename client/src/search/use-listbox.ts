import { computed, ref, watch, type Ref } from 'vue';

/**
 * The keyboard of a combobox (WAI-ARIA): arrows walk through the options while focus stays in the input, Enter
 * takes the marked one, Escape closes.
 *
 * @param take called with the marked option, or undefined when Enter was pressed without one
 */
export function useListbox<Option extends { readonly id: string }>(
  options: Readonly<Ref<readonly Option[]>>,
  take: (option: Option | undefined) => void,
) {
  const isOpen = ref(false);
  const marked = ref(-1);
  const active = computed(() => (isOpen.value ? options.value[marked.value] : undefined));
  watch(options, () => (marked.value = -1));

  function move(step: number): void {
    isOpen.value = true;
    const places = options.value.length + 1; // the input itself is one of them
    marked.value = ((marked.value + 1 + step + places) % places) - 1;
  }
  function onKeydown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') take(active.value);
    else if (event.key === 'Escape' && isOpen.value) isOpen.value = false;
    else return;
    event.preventDefault();
  }
  return { isOpen, active, onKeydown };
}
