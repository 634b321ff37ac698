import { Client, fetchExchange } from '@urql/vue';
import { refreshDocument } from './session-operations.js';
import { useSessionStore } from './session-store.js';

/** Without cache or authorisation: a refresh must not wait for itself. */
const bare = new Client({ url: '/graphql', exchanges: [fetchExchange], preferGetMethod: false });
let running: Promise<void> | undefined;

/**
 * Gets a new access token if one is needed. Callers share one request, and tabs take turns: a refresh token works
 * once, and presenting it twice would sign the account out everywhere.
 */
export function refreshSession(): Promise<void> {
  running ??= oneTabAtATime(refresh).finally(() => {
    running = undefined;
  });
  return running;
}

async function refresh(): Promise<void> {
  const session = useSessionStore();
  // Read only now: the tab that went before may have stored a newer one.
  const refreshToken = session.refreshToken;
  if (refreshToken === undefined || !session.needsRefresh(Date.now())) return;
  const { data, error } = await bare.mutation(refreshDocument, { input: { refreshToken } });
  if (data?.refreshSession.session) session.start(data.refreshSession.session);
  // Not reaching the server is no reason to sign anybody out; a refusal is.
  else if (!error) session.end();
}

async function oneTabAtATime(task: () => Promise<void>): Promise<void> {
  // Web Locks exist on secure origins only, localhost among them; the types know no other.
  const locks = navigator.locks as LockManager | null | undefined;
  if (locks) await locks.request('souk.session', task);
  else await task();
}
