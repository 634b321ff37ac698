import { type Ref, computed, ref, watch } from 'vue';
import { type WindowHours, instantAt, isWithin, stepAt, windowBefore } from './time-window.js';

/**
 * A slider over the last hours. Whoever looks further back, or less far, stays at the instant that the slider is at, if it is
 * still among these hours, and else begins at the present again.
 *
 * @param clock epoch milliseconds
 * @param instant what the slider is at, in epoch milliseconds, undefined for now: for who keeps it elsewhere, too
 * @example const { step, window, until } = useTimeWindow(ref<WindowHours>(24));
 */
export function useTimeWindow(
  hours: Ref<WindowHours>,
  clock: () => number = () => Date.now(),
  instant: Ref<number | undefined> = ref(),
) {
  const now = ref(clock());
  const window = computed(() => windowBefore(now.value, hours.value));
  /** Lets the window end at the present of this moment. */
  const moveOn = () => {
    now.value = clock();
  };
  watch(hours, () => {
    moveOn();
    if (instant.value !== undefined && !isWithin(window.value, instant.value)) instant.value = undefined;
  });
  return {
    step: computed({
      get: () => stepAt(window.value, instant.value),
      set: (step) => {
        instant.value = instantAt(window.value, step);
      },
    }),
    window,
    /** The instant that the slider is at, in epoch milliseconds; undefined at its end, for now. */
    until: computed(() =>
      // The window may have moved on over it.
      instant.value === undefined ? undefined : Math.max(instant.value, window.value.from),
    ),
    moveOn,
  };
}
