import type { Viewer } from '@souk/kit/auth';
import type { Logger } from '@souk/kit/log';
import type { Decisions } from './clause.js';

/** What a policy decides on. Never a token. */
export interface PolicyInput {
  readonly viewer: Viewer;
  /** All that the viewer's token says. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
}

/**
 * Decides whether one policy holds for a request. One that throws lets nobody in; clients are told to try again.
 * @example const internal: Policy = ({ claims }) => claims['department'] === 'finance';
 */
export type Policy = (input: PolicyInput) => boolean | Promise<boolean>;

/** Finds out which policies hold. Never rejects: what cannot be decided is left out. */
export type DecidePolicies = (policies: readonly string[], input: PolicyInput) => Promise<Decisions>;

/** Nobody knows these policies: they do not hold. */
export const noPolicies: DecidePolicies = async (policies) => new Map(policies.map((name) => [name, false]));

/** Decides by functions of this process, and leaves policies that have none to others. Each is asked once for a request. */
export function policyFunctions(
  functions: Readonly<Record<string, Policy>>,
  others: DecidePolicies,
  logger: Logger,
): DecidePolicies {
  const known = new Map(Object.entries(functions));
  return async (policies, input) => {
    const decisions = new Map<string, boolean>();
    const decide = async (name: string, policy: Policy): Promise<void> => {
      try {
        decisions.set(name, (await policy(input)) === true);
      } catch (error) {
        logger.error({ err: error, policy: name }, 'a policy could not be decided, so it lets nobody in');
      }
    };
    const asked = policies.flatMap((name) => {
      const policy = known.get(name);
      return policy ? decide(name, policy) : [];
    });
    const rest = policies.filter((name) => !known.has(name));
    const elsewhere = rest.length > 0 ? await others(rest, input) : [];
    await Promise.all(asked);
    return new Map([...decisions, ...elsewhere]);
  };
}
