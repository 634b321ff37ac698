import { type FieldNode, GraphQLError } from 'graphql';
import type { Viewer } from '@souk/kit/auth';
import { conditionsOf } from '../../execution/compiled/conditions.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { DeniedPlace } from './denied-places.js';

/** How a client is told that it may not see something. */
export type ErrorCode = 'UNAUTHORIZED_FIELD_OR_TYPE' | 'reason';

/** The errors for what was denied to a viewer, given the variables that decide what was asked at all. */
export type Denials = (
  viewer: Viewer,
  variables: Readonly<Record<string, unknown>>,
) => readonly GraphQLError[];

export interface DenialOptions {
  /** Whether a field was denied only because that could not be decided. */
  readonly isUndecided: (field: FieldNode) => boolean;
  readonly errorCode: ErrorCode;
}

export function createDenials(
  operation: CheckedOperation,
  places: readonly DeniedPlace[],
  options: DenialOptions,
): Denials {
  const forGuests = errorsOf(places, 'UNAUTHENTICATED', options);
  const forUsers = errorsOf(places, 'FORBIDDEN', options);
  if (places.every(({ conditions }) => conditions.length === 0)) {
    const [toldToGuests, toldToUsers] = [onePerPath(forGuests), onePerPath(forUsers)];
    return ({ kind }) => (kind === 'anonymous' ? toldToGuests : toldToUsers);
  }
  const { valueIn } = conditionsOf(operation);
  return ({ kind }, variables) => {
    const errors = kind === 'anonymous' ? forGuests : forUsers;
    return onePerPath(
      errors.filter((_, index) =>
        places[index]?.conditions.every(
          ({ variable, expected }) => valueIn(variables, variable) === expected,
        ),
      ),
    );
  };
}

function errorsOf(
  places: readonly DeniedPlace[],
  reason: 'UNAUTHENTICATED' | 'FORBIDDEN',
  { isUndecided, errorCode }: DenialOptions,
): readonly GraphQLError[] {
  return places.map(({ path, coordinate, field }) => {
    if (isUndecided(field)) {
      return new GraphQLError(
        `Whether you may use "${coordinate}" cannot be decided right now. Try again shortly.`,
        { path, extensions: { code: 'UNAVAILABLE', reason: 'UNAVAILABLE', retryable: true } },
      );
    }
    const message =
      reason === 'UNAUTHENTICATED'
        ? `Sign in to use "${coordinate}": send the header "authorization: Bearer <accessToken>".`
        : `This account may not use "${coordinate}". Leave it out, or sign in with an account that may.`;
    const code = errorCode === 'reason' ? reason : errorCode;
    return new GraphQLError(message, { path, extensions: { code, reason, retryable: false } });
  });
}

/** Several selections can ask for one key: one error says it. */
function onePerPath(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const told = new Set<string>();
  return errors.filter(({ path }) => {
    const key = JSON.stringify(path);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}
