import { Client, fetchExchange, formatDocument } from '@urql/vue';
import { byHash } from '@/graph/by-hash.js';
import { CLIENT_NAME } from '@/graph/client-name.js';
import { refreshDocument } from './session-operations.js';
import { useSessionStore } from './session-store.js';

/** Without cache or authorisation: a refresh must not wait for itself. */
const bare = new Client({
  url: '/graphql',
  fetchOptions: { headers: CLIENT_NAME },
  exchanges: [byHash(), fetchExchange],
  preferGetMethod: false,
});
/** As the cache would write it, and the manifest has it. urql types the copy by what may be undefined in it. */
const document = formatDocument(refreshDocument) as typeof refreshDocument;
let running: Promise<void> | undefined;

/**
 * Gets a new access token if one is needed. Callers share one request, and tabs take turns: a refresh token works
 * once. A tab that does not see yet what the one before it stored asks with the same one, and gets the same as that.
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
  const { data, error } = await bare.mutation(document, { input: { refreshToken } });
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
