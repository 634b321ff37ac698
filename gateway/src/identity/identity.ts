import { ANONYMOUS, type Viewer } from '@souk/kit/auth';

/** Who asks, as far as it was proven. */
export interface Identity {
  readonly viewer: Viewer;
  /** What the token allows: its scopes and its roles. */
  readonly scopes: ReadonlySet<string>;
  /** All that the token says; for policies. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Until when the proof holds. Unset for the anonymous, who never run out. */
  readonly expiresAt?: Date;
}

/** Nobody in particular. */
export const ANONYMOUS_IDENTITY: Identity = { viewer: ANONYMOUS, scopes: new Set(), claims: {} };
