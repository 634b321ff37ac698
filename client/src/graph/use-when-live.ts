import { useTimeoutFn } from '@vueuse/core';
import { watch } from 'vue';
import { useConnectionStore } from './connection-store.js';

/** From the connection to when the shop tells of what happens from then on, in milliseconds. */
const LISTENING_AFTER = 1_000;

/**
 * Calls back whenever the live connection has come, or come back: for a subscription that does not begin with what there
 * is, to ask for what happened before it.
 *
 * @example useWhenLive(() => void load());
 */
export function useWhenLive(callBack: () => void): void {
  const connection = useConnectionStore();
  const { start } = useTimeoutFn(callBack, LISTENING_AFTER, { immediate: false });
  watch(
    () => connection.state,
    (state) => state === 'live' && start(),
    { immediate: true },
  );
}
