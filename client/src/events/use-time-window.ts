import { type Ref, computed, ref, watch } from 'vue';
import { STEPS, type WindowHours, instantAt, windowBefore } from './time-window.js';

/**
 * A slider over the last hours. Whoever looks further back, or less far, begins at the present again.
 *
 * @param clock epoch milliseconds
 * @example const { step, window, until } = useTimeWindow(ref<WindowHours>(24));
 */
export function useTimeWindow(hours: Ref<WindowHours>, clock: () => number = () => Date.now()) {
  const step = ref(STEPS);
  const now = ref(clock());
  const window = computed(() => windowBefore(now.value, hours.value));
  /** Lets the window end at the present of this moment. */
  const moveOn = () => {
    now.value = clock();
  };
  watch(hours, () => {
    moveOn();
    step.value = STEPS;
  });
  return {
    step,
    window,
    /** The instant that the slider is at, in epoch milliseconds; undefined at its end, for now. */
    until: computed(() => instantAt(window.value, step.value)),
    moveOn,
  };
}
