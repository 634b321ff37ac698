import { useRouter } from 'vue-router';
import { useSession } from './use-session.js';

/** Signing out from a page that is for accounts: the way leads home first, where everybody may be. */
export function useSignOut() {
  const router = useRouter();
  const { logout } = useSession();
  return async function signOut(): Promise<void> {
    await router.push({ name: 'home' });
    await logout();
  };
}
