import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { AppError } from '../errors/app-error.js';
import type { CancelSignal } from '../lifecycle/cancellation.js';

const SIGNAL = Symbol('nobody waits any more');

interface Stoppable {
  readonly [SIGNAL]?: CancelSignal;
}

/** The same context, which tells resolvers when to stop. */
export const stoppable = <Context extends object>(context: Context, signal: CancelSignal): Context =>
  Object.assign(context, { [SIGNAL]: signal });

/**
 * Lets no resolver begin once nobody waits for its answer any more: graphql-js itself would walk through the rest of the
 * operation. Fields of Mutation begin all the same: half of a mutation would be worse than one that nobody waits for.
 */
export function stopResolvers(schema: GraphQLSchema): void {
  const untouched = new Set([schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || untouched.has(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve) field.resolve = unlessStopped(field.resolve);
    }
  }
}

const unlessStopped =
  (resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> =>
  (source, args, context, info) => {
    // Contexts are the objects that createSubgraph made.
    if ((context as Stoppable | undefined)?.[SIGNAL]?.aborted) throw nobodyWaits();
    return resolve(source, args, context, info);
  };

const nobodyWaits = (): AppError =>
  new AppError('TIMEOUT', 'The time for this operation is over. Try again, or ask for less.');
