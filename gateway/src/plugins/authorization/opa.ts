import type { Logger } from '@souk/kit/log';
import type { DecidePolicies } from './policies.js';

/** An Open Policy Agent that decides policies, usually a sidecar. */
export interface OpaOptions {
  /** Where it is, for example `http://127.0.0.1:8181`. */
  readonly url: string;
  /** The document that decides: package and rule, with slashes. @default 'souk/granted' */
  readonly path?: string;
  /** How long one decision may take, in milliseconds. @default 500 */
  readonly timeoutMs?: number;
}

/**
 * Asks Open Policy Agent's Data API which policies hold: `POST /v1/data/<path>` with
 * `{"input": {"viewer", "claims", "policies", "operationName", "kind"}}`. The document is a set of the policies that hold, or an
 * object that says true or false for each. Whatever else it answers, late or not at all, decides nothing, and lets nobody in.
 *
 * @example opaPolicies({ url: 'http://127.0.0.1:8181' }, logger)
 */
export function opaPolicies(
  { url, path = 'souk/granted', timeoutMs = 500 }: OpaOptions,
  logger: Logger,
): DecidePolicies {
  const address = new URL(`v1/data/${path}`, url.endsWith('/') ? url : `${url}/`);
  return async (policies, input) => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ input: { ...input, policies } }),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      if (!response.ok) throw new Error(`it answered with status ${response.status}`);
      const granted = grantedIn(await response.json());
      return new Map(policies.map((policy) => [policy, granted(policy)]));
    } catch (error) {
      logger.error(
        { err: error, opa: address.origin, policies },
        'Open Policy Agent could not decide, so its policies let nobody in. Check that it runs and that authorization.opa.path names its document.',
      );
      return new Map();
    }
  };
}

/** @throws Error if the answer is not one of the two forms; an undefined document answers `{}`. */
function grantedIn(answer: unknown): (policy: string) => boolean {
  const result: unknown =
    typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : undefined;
  if (Array.isArray(result)) return (policy) => result.includes(policy);
  if (typeof result !== 'object' || result === null) throw new Error('it answered without a decision');
  const decisions = new Map<string, unknown>(Object.entries(result));
  return (policy) => decisions.get(policy) === true;
}
