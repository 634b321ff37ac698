import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { forgetEverything } from '@/graph/shop-client.js';
import { refreshSession } from './refresh-session.js';
import { useSessionStore } from './session-store.js';

/** Finds out who is signed in after a reload, and follows what other tabs and the server say about it later. */
export function useRestoredSession(): void {
  const session = useSessionStore();
  const route = useRoute();
  const router = useRouter();
  void refreshSession();

  watch(
    () => session.refreshToken,
    async (token) => {
      // Another tab signed out, or in.
      if (token === undefined && session.user) session.end();
      if (token === undefined || session.user) return;
      await refreshSession();
      forgetEverything();
    },
  );
  watch(
    () => session.user?.id,
    (id, before) => {
      if (before === undefined) return;
      forgetEverything();
      if (id === undefined && route.meta.needs) {
        void router.replace({ name: 'login', query: { to: route.fullPath } });
      }
    },
  );
}
