import type { IssuerOptions } from './issuer.js';
import type { TokenVerifierOptions } from './token-verifier.js';

/** A cookie that an access token may come in. */
export interface CookieOptions {
  /** For example `__Host-souk`. Set it `HttpOnly`, `Secure` and `SameSite=Lax` or stricter. */
  readonly name: string;
}

/** Who may say who they are, and how. */
export interface IdentityOptions extends TokenVerifierOptions {
  /** Issuers besides those of `JWT_ISSUERS`. @default [] */
  readonly issuers?: readonly IssuerOptions[];
  /** Takes the token from a cookie where there is no `authorization` header. @default none: only from the header */
  readonly cookie?: CookieOptions;
}
