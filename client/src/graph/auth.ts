import { authExchange } from '@urql/exchange-auth';
import type { Exchange } from '@urql/vue';
import { useCartStore } from '@/cart/cart-store.js';
import { refreshSession } from '@/session/refresh-session.js';
import { useSessionStore } from '@/session/session-store.js';
import { identityHeaders } from './identity-headers.js';
import { codesOf } from './problem.js';

/** Says who is asking on every request, and renews the access token before or, once, after the server refuses it. */
export function identityExchange(): Exchange {
  const session = useSessionStore();
  const cart = useCartStore();
  return authExchange(async ({ appendHeaders }) => ({
    addAuthToOperation: (operation) =>
      appendHeaders(operation, identityHeaders({ accessToken: session.accessToken, cartToken: cart.token })),
    willAuthError: () => session.needsRefresh(Date.now()),
    didAuthError: (error) => session.refreshToken !== undefined && codesOf(error).includes('UNAUTHENTICATED'),
    refreshAuth: async () => {
      session.expire();
      await refreshSession();
    },
  }));
}
