import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

/** How the live connection stands: `idle` nobody listens, `connecting` for the first time, `live`, `lost` retrying. */
export type Connection = 'idle' | 'connecting' | 'live' | 'lost';

/** For the indicator beside live pages. */
export const useConnectionStore = defineStore('connection', () => {
  const socket = ref<Connection>('idle');
  /** Subscriptions that a part of the shop has broken off, and that are tried again. */
  const broken = ref(0);
  const state = computed(() => (socket.value === 'live' && broken.value > 0 ? 'lost' : socket.value));
  return { socket, broken, state };
});
