import type { Viewer } from '@souk/kit/auth';
import type { Logger } from '@souk/kit/log';

/** What a policy decides on. Never a token. */
export interface PolicyInput {
  readonly viewer: Viewer;
  /** All that the viewer's token says. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
}

/**
 * Decides whether one policy holds for a request. One that throws does not hold.
 * @example const internal: Policy = ({ claims }) => claims['department'] === 'finance';
 */
export type Policy = (input: PolicyInput) => boolean | Promise<boolean>;

/** Finds out which policies hold. Never rejects: what cannot be decided does not hold. */
export type DecidePolicies = (
  policies: readonly string[],
  input: PolicyInput,
) => ReadonlySet<string> | Promise<ReadonlySet<string>>;

const NONE: ReadonlySet<string> = new Set();

/** Decides by functions of this process; each is asked at most once for a request. */
export function policyFunctions(functions: Readonly<Record<string, Policy>>, logger: Logger): DecidePolicies {
  const decide = async (name: string, input: PolicyInput): Promise<boolean> => {
    try {
      return Object.hasOwn(functions, name) && (await functions[name]?.(input)) === true;
    } catch (error) {
      logger.error({ err: error, policy: name }, 'a policy could not be decided, so it does not hold');
      return false;
    }
  };
  return async (policies, input) => {
    const decided = await Promise.all(policies.map((name) => decide(name, input)));
    return new Set(policies.filter((_, index) => decided[index]));
  };
}

/** Asks the first about the policies it knows, the second about the others. */
export function eitherOf(
  first: DecidePolicies,
  isKnownToFirst: (policy: string) => boolean,
  second: DecidePolicies,
): DecidePolicies {
  return async (policies, input) => {
    const ours = policies.filter(isKnownToFirst);
    const others = policies.filter((policy) => !isKnownToFirst(policy));
    const parts = await Promise.all([
      ours.length > 0 ? first(ours, input) : NONE,
      others.length > 0 ? second(others, input) : NONE,
    ]);
    return new Set(parts.flatMap((part) => [...part]));
  };
}
