import { watch } from 'vue';
import { forgetEverything } from '@/graph/shop-client.js';
import { refreshSession } from './refresh-session.js';
import { useSessionStore } from './session-store.js';

/** Finds out who is signed in after a reload, and signs this tab out when another one did. */
export function useRestoredSession(): void {
  const session = useSessionStore();
  void refreshSession();
  watch(
    () => session.refreshToken,
    (token) => {
      if (token !== undefined || !session.user) return;
      session.end();
      forgetEverything();
    },
  );
}
