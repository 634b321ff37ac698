import {
  baseType,
  type FieldDefinition,
  isListType,
  isNonNullType,
  isObjectType,
  type ObjectType,
  type OutputType,
  type Subgraph,
  type Supergraph,
} from '@apollo/federation-internals';

/**
 * Finds where one subgraph's failure takes more of a page along than its own fields: a field that may not be null
 * takes its parent, which may not be null either, and so on up to the whole answer.
 *
 * @returns one sentence for each place, with what to make nullable
 * @example ['If inventory is down, ProductVariant.stock takes Product.variants (products) along: …']
 */
export function findBlankPages(supergraph: Supergraph): readonly string[] {
  const subgraphs = [...supergraph.subgraphs()];
  return [...rootFields(subgraphs), ...subgraphs.flatMap((from) => entityFields(from, subgraphs))];
}

/** A root field that may not be null takes the root fields of all other subgraphs along. */
function rootFields(subgraphs: readonly Subgraph[]): string[] {
  return subgraphs.flatMap((subgraph) =>
    ownFields(subgraph, subgraph.schema.schemaDefinition.rootType('query'))
      .filter((field) => isNonNullType(typeOf(field)))
      .map(
        (field) =>
          `If ${subgraph.name} is down, Query.${field.name} takes the whole answer along: make it nullable.`,
      ),
  );
}

/** References to an entity that may not be null, although another subgraph's part of the entity may be missing. */
function entityFields(from: Subgraph, subgraphs: readonly Subgraph[]): string[] {
  return from.schema.objectTypes().flatMap((parent) =>
    ownFields(from, parent).flatMap((reference) => {
      const target = baseType(typeOf(reference));
      if (!isObjectType(target) || mayBeMissing(typeOf(reference))) return [];
      const known = new Set(ownFields(from, target).map(({ name }) => name));
      return subgraphs
        .filter((other) => other !== from)
        .flatMap((other) => missingParts(other, target.name, known))
        .map(
          ({ subgraph, field }) =>
            `If ${subgraph} is down, ${target.name}.${field} takes ${parent.name}.${reference.name} (${from.name}) along: make one of them nullable.`,
        );
    }),
  );
}

const missingParts = (other: Subgraph, type: string, known: ReadonlySet<string>) =>
  ownFields(other, other.schema.type(type))
    .filter((field) => !known.has(field.name) && isNonNullType(typeOf(field)))
    .map((field) => ({ subgraph: other.name, field: field.name }));

/** The fields of a type that this subgraph answers itself. */
function ownFields(subgraph: Subgraph, type: unknown): FieldDefinition<ObjectType>[] {
  // Only object types have fields of their own here; interfaces and scalars are passed in as whatever they are.
  if (!type || !isObjectType(type as ObjectType)) return [];
  return (type as ObjectType)
    .fields()
    .filter((field) => !field.name.startsWith('_') && !subgraph.metadata().isFieldExternal(field));
}

/** A field that was read from a schema always has its type. */
const typeOf = (field: FieldDefinition<ObjectType>): OutputType => field.type as OutputType;

/** Whether a missing entity can stay a hole: as the field itself, or as an item of its list. */
function mayBeMissing(type: OutputType): boolean {
  if (!isNonNullType(type)) return true;
  // What wraps an output type holds an output type; the library's generic lost that.
  const inner = type.ofType as OutputType;
  return isListType(inner) && !isNonNullType(inner.ofType as OutputType);
}
