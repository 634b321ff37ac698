import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Kept } from './tagged-store.js';

/** What is kept of the things that one fetch asks for, each with whether it may still be used. */
export interface Known {
  readonly kept: readonly (Kept<string> | undefined)[];
  readonly fresh: readonly boolean[];
}

/** Those that have to be asked for. */
export const missingIn = ({ fresh }: Known): number[] =>
  fresh.flatMap((isFresh, index) => (isFresh ? [] : [index]));

/**
 * What is kept, as the subgraph would answer it; what is not kept is null. Parsed anew for each run, since runs write
 * into what they get.
 */
export function answerOf({ kept }: Known, isOfEntities: boolean): { readonly data: Record<string, unknown> } {
  const texts = kept.map((one) => one?.value ?? 'null');
  const text = isOfEntities ? `{"_entities":[${texts.join(',')}]}` : texts.join(',');
  // The texts were written from objects; for root fields there is one of them.
  return { data: JSON.parse(text) as Record<string, unknown> };
}

/** Puts what was asked for between what is kept. */
export function joined(known: Known, asked: readonly number[], answer: ExecutionResult): ExecutionResult {
  const { data } = answerOf(known, true);
  const entities: unknown = data['_entities'];
  const values: unknown = answer.data?.['_entities'];
  const isWhole = Array.isArray(values) && values.length === asked.length;
  if (Array.isArray(entities)) {
    asked.forEach((place, index) => {
      const value: unknown = isWhole ? values[index] : null;
      entities[place] = value;
    });
  }
  const errors = (answer.errors ?? []).map((error) => moved(error, asked));
  // What the subgraph did not answer is an error, as it would be without what is kept.
  if (errors.length === 0 && !isWhole) return answer;
  return { data, ...(errors.length > 0 ? { errors } : {}) };
}

/** An error's path counts from what was asked for. */
function moved(error: GraphQLError, asked: readonly number[]): GraphQLError {
  const [root, index, ...rest] = error.path ?? [];
  const place = root === '_entities' ? asked[Number(index)] : undefined;
  if (place === undefined) return error;
  return new GraphQLError(error.message, {
    path: ['_entities', place, ...rest],
    extensions: error.extensions ?? {},
  });
}
