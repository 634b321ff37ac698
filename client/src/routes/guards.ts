import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router';
import { refreshSession } from '@/session/refresh-session.js';
import { useSessionStore } from '@/session/session-store.js';

/**
 * Sends people who are not signed in to the sign-in page and back again afterwards. Which of a staff page's data an account
 * may see is decided by the server; this only spares it the sight of an empty page.
 */
export async function requireRole(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
  const { needs } = to.meta;
  if (!needs) return true;
  const session = useSessionStore();
  // After a reload the session is known, but not yet whose it is.
  if (!session.user && session.refreshToken !== undefined) await refreshSession();
  if (!session.user) return { name: 'login', query: { to: to.fullPath } };
  if (needs === 'staff' && !session.isStaff)
    return { name: 'login', query: { to: to.fullPath, wrong: 'account' } };
  return true;
}

/** Where to go after signing in: a path of this shop, never another site's address. */
export function safeDestination(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/';
}
