import { type ExecutionResult, GraphQLError } from 'graphql';
import { originalName } from '../../planning/required-arguments.js';
import { isObject } from './json.js';

type Path = readonly (string | number)[];

/** What a subgraph's answer lists as errors; entries that are none are left out. */
export const errorsOf = (answer: ExecutionResult): readonly GraphQLError[] =>
  Array.isArray(answer.errors)
    ? answer.errors.filter(isObject).map((error) => error as unknown as GraphQLError)
    : [];

/** An error of a subgraph, at the place where the client will see its effect. */
export function answerError(
  error: GraphQLError,
  subgraph: string,
  path: Path | undefined = error.path,
): GraphQLError {
  const message =
    typeof error.message === 'string' && error.message !== ''
      ? error.message
      : `The ${subgraph} subgraph reported an error without a message.`;
  return new GraphQLError(message, {
    ...(Array.isArray(path) ? { path: path.map(shownKey) } : {}),
    // A code of its own is what a subgraph should send; not all do.
    extensions: {
      code: 'DOWNSTREAM_SERVICE_ERROR',
      ...error.extensions,
      service: error.extensions?.['service'] ?? subgraph,
    },
  });
}

/** For an answer that is GraphQL but not what was asked for. */
export const unusableAnswer = (subgraph: string, missing: string, path: Path): GraphQLError =>
  new GraphQLError(`The ${subgraph} subgraph answered without ${missing}. Try again shortly.`, {
    path: [...path],
    extensions: { code: 'UNAVAILABLE', retryable: true, service: subgraph },
  });

/** A stand-in that the planner needed is shown as the field it stands for. */
const shownKey = (key: string | number): string | number =>
  typeof key === 'string' ? originalName(key) : key;
