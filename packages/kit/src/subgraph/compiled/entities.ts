import { type GraphQLObjectType, type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql';
import { completeItems, completeObject } from './complete.js';
import { type Complete, failed, failedAs, infoOf, placeOf, type RunField, runField } from './field.js';
import type { CompleteObject } from './object.js';

/** Where @apollo/subgraph keeps `__resolveReference`. */
interface SubgraphExtensions {
  readonly subgraph?: {
    readonly resolveReference?: (
      representation: object,
      context: unknown,
      info: GraphQLResolveInfo,
    ) => unknown;
  };
}

/** How entities of one type are found and completed. */
interface EntityType {
  readonly type: GraphQLObjectType;
  readonly complete: CompleteObject;
  readonly find: (representation: object, context: unknown, info: GraphQLResolveInfo) => unknown;
}

/** What the compiled `_entities` needs. */
export interface EntitiesScope {
  readonly schema: GraphQLSchema;
  readonly objectOf: (type: GraphQLObjectType) => CompleteObject;
  /** Completes an entity of which nothing is known. */
  readonly completeAny: Complete;
}

/**
 * Runs `_entities`. The type of each entity is in its representation, so it is neither written onto what
 * `__resolveReference` gave (@apollo/subgraph does that, which fails for frozen objects and slows down all others) nor
 * asked for again, and an entity that is there already is completed without a promise.
 *
 * Representations of interfaces, and whatever is no representation, take the way of @apollo/subgraph.
 */
export function compileEntities({ schema, objectOf, completeAny }: EntitiesScope): RunField {
  const known = new Map<unknown, EntityType>();
  const typeOf = (representation: unknown): EntityType | undefined => {
    if (typeof representation !== 'object' || representation === null) return undefined;
    const typename: unknown = '__typename' in representation ? representation.__typename : undefined;
    const hit = known.get(typename);
    if (hit || typeof typename !== 'string') return hit;
    const type = schema.getType(typename);
    if (!isObjectType(type)) return undefined;
    // @apollo/subgraph is the only one who writes here.
    const { subgraph } = (type.extensions['apollo'] ?? {}) as SubgraphExtensions;
    const find = subgraph?.resolveReference ?? ((reference) => reference);
    const made = { type, complete: objectOf(type), find };
    known.set(typename, made);
    return made;
  };

  return (run, field, source, parent) => {
    const place = placeOf(field, parent);
    try {
      const { representations } = field.argumentsOf(run);
      const asked: readonly object[] = Array.isArray(representations) ? representations : [];
      const types = asked.flatMap((representation) => typeOf(representation) ?? []);
      if (types.length !== asked.length) return runField(run, field, source, parent);

      const info = infoOf(run, field, place);
      // All are asked for before any is waited for: what they load, they load together.
      const found = findAll(types, asked, run.contextValue, info);
      return completeItems(
        place,
        found,
        (entity, itemPlace, index) => {
          const type = types[index];
          if (entity === null || entity === undefined) return null;
          if (entity instanceof Error) throw entity;
          return type && typeof entity === 'object'
            ? completeObject(run, info, itemPlace, entity, type)
            : completeAny(run, info, itemPlace, entity);
        },
        (error, itemPlace) => failedAs(run, field, itemPlace, error, false),
      );
    } catch (error) {
      return failed(run, field, place, error);
    }
  };
}

/** @throws what a type throws; what was promised by then is not left unobserved */
function findAll(
  types: readonly EntityType[],
  asked: readonly object[],
  context: unknown,
  info: GraphQLResolveInfo,
): unknown[] {
  const found: unknown[] = [];
  try {
    asked.forEach((representation, index) => found.push(types[index]?.find(representation, context, info)));
  } catch (error) {
    void Promise.allSettled(found);
    throw error;
  }
  return found;
}
