import { isRetryable } from '@souk/kit/errors';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { originalName } from '../../planning/stand-in.js';
import { isObject } from './json.js';

type Path = readonly (string | number)[];

/** Most errors of one answer that are passed on: each may stand at many places. */
const MOST_ERRORS = 1_000;
/** Largest extensions of one error that are passed on, in characters of JSON. */
const LARGEST_EXTENSIONS = 8_192;

/** What a subgraph's answer lists as errors; entries that are none are left out. */
export const errorsOf = (answer: ExecutionResult): readonly GraphQLError[] =>
  Array.isArray(answer.errors)
    ? answer.errors
        .filter(isObject)
        .slice(0, MOST_ERRORS)
        .map((error) => error as unknown as GraphQLError)
    : [];

/**
 * An error of a subgraph, at the place where the client will see its effect. Subgraphs are not always ours: what is
 * not as the specification has it is left out, and what clients decide by is always there.
 */
export function answerError(error: GraphQLError, subgraph: string, path: unknown = error.path): GraphQLError {
  const message =
    typeof error.message === 'string' && error.message !== ''
      ? error.message
      : `The ${subgraph} subgraph reported an error without a message.`;
  const extensions = readableExtensions(error.extensions);
  // A code of its own is what a subgraph should send; not all do.
  const code = textOf(extensions['code']) ?? 'DOWNSTREAM_SERVICE_ERROR';
  const { retryable } = extensions;
  return new GraphQLError(message, {
    ...(isPath(path) ? { path: path.map(shownKey) } : {}),
    extensions: {
      ...extensions,
      code,
      retryable: typeof retryable === 'boolean' ? retryable : isRetryable(code),
      // Not what it says: clients and the option `errors` go by it.
      service: subgraph,
    },
  });
}

/** For an answer that is GraphQL but not what was asked for. */
export const unusableAnswer = (subgraph: string, missing: string, path: Path): GraphQLError =>
  new GraphQLError(`The ${subgraph} subgraph answered without ${missing}. Try again shortly.`, {
    path: [...path],
    extensions: { code: 'UNAVAILABLE', retryable: true, service: subgraph },
  });

/** Too much is not worth its way to the client; what decisions are made by stays. */
function readableExtensions(given: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(given)) return {};
  if (JSON.stringify(given).length <= LARGEST_EXTENSIONS) return given;
  const { code, retryable } = given;
  return { code, retryable };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const isPath = (value: unknown): value is Path =>
  Array.isArray(value) && value.every((key) => typeof key === 'string' || typeof key === 'number');

/** A stand-in that the planner needed is shown as the field it stands for. */
const shownKey = (key: string | number): string | number =>
  typeof key === 'string' ? originalName(key) : key;
