import type { ErrorCode } from './denials.js';
import type { OpaOptions } from './opa.js';
import type { Policy } from './policies.js';

export interface AuthorizationOptions {
  /**
   * `false` lets everybody see what the supergraph guards, and says so loudly at each start: for gateways behind another
   * one that enforces.
   * @default true
   */
  readonly enforce?: boolean;
  /**
   * `filter` answers null and an error for what is denied, and the rest as asked; `reject` refuses the whole operation.
   * @default 'filter'
   */
  readonly mode?: 'filter' | 'reject';
  /**
   * What `extensions.code` of the errors says: the code of other federation gateways, or the reason, `UNAUTHENTICATED`
   * or `FORBIDDEN`, as in all other errors. `extensions.reason` always says the reason.
   * @default 'UNAUTHORIZED_FIELD_OR_TYPE'
   */
  readonly errorCode?: ErrorCode;
  /** Functions that decide `@policy`, by name. @default {}: those are left to `opa`, or do not hold */
  readonly policies?: Readonly<Record<string, Policy>>;
  /** An Open Policy Agent that decides the other policies. @default none: they do not hold */
  readonly opa?: OpaOptions;
}
