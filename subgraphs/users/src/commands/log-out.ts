import { revokeSessionOfToken } from '../store/sessions.js';
import { hashRefreshToken } from '../tokens/refresh-token.js';
import type { CommandDeps } from './command-deps.js';

/** Ends the session that a refresh token belongs to, whichever of its tokens it is. */
export async function logOut(deps: CommandDeps, input: { readonly refreshToken: string }): Promise<void> {
  await revokeSessionOfToken(deps.database, hashRefreshToken(input.refreshToken), {
    at: deps.clock(),
    reason: 'logged out',
  });
}
