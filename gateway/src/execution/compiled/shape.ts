import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { isOfType } from './type-match.js';

/** One key of an answer. */
export type FieldShape = { readonly key: string; readonly name: string } &
  /** `typename` is undefined where no subgraph told the type of an object of an abstract type. */
  (
    | { readonly kind: 'typename'; readonly typename: string | undefined }
    /** `__schema` and `__type`: graphql-js answers them. */
    | { readonly kind: 'introspection'; readonly nodes: readonly FieldNode[] }
    /**
     * `node` is the first of the field's nodes; the others have the same arguments. What is denied is null, whatever
     * subgraphs answered: a plan may need for itself what the client may not see.
     */
    | {
        readonly kind: 'leaf';
        readonly type: GraphQLOutputType;
        readonly node: FieldNode;
        readonly isDenied: boolean;
      }
    | {
        readonly kind: 'object';
        readonly type: GraphQLOutputType;
        readonly node: FieldNode;
        readonly isDenied: boolean;
        readonly object: ObjectShape;
      }
  );

/** What the client wants to know of the objects at one place: it can depend on each object's type. */
export interface ObjectShape {
  /** The type that the schema declares there. */
  readonly declared: GraphQLCompositeType;
  /** The keys of an object of this type, in the order of the answer; undefined if clients know no such type. */
  fieldsOf(typename: string): readonly FieldShape[] | undefined;
}

export interface ShapeScope {
  readonly schema: GraphQLSchema;
  readonly conditionValue: (variable: string) => boolean;
}

/**
 * Works out what the answer of an operation looks like, with @skip and @include already decided. What was taken out of
 * an operation is in its answer, as null.
 */
export function shapeOf(operation: CheckedOperation, scope: ShapeScope): ObjectShape {
  const { definition, document } = operation.restriction?.asked ?? operation;
  const root = scope.schema.getRootType(definition.operation);
  if (!root) throw new Error(`The schema has no type for a ${operation.kind}.`);
  const isDenied = operation.restriction?.isDenied ?? nothingIsDenied;
  return createShapes({ ...scope, document, isDenied })(root, [definition.selectionSet]);
}

const nothingIsDenied = (): boolean => false;

type ShapesScope = ShapeScope & {
  readonly document: DocumentNode;
  readonly isDenied: (field: FieldNode) => boolean;
};

function createShapes({ schema, document, conditionValue, isDenied }: ShapesScope) {
  const fragments = new Map<string, SelectionSetNode & { readonly on: string }>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    fragments.set(definition.name.value, {
      ...definition.selectionSet,
      on: definition.typeCondition.name.value,
    });
  }
  // One shape for each type and each set of selections, or fragments on many types would multiply.
  const known = new Map<string, ObjectShape>();
  const numbers = new Map<SelectionSetNode, number>();
  const numberOf = (set: SelectionSetNode): number => {
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  };

  const isWanted = (selection: SelectionNode): boolean =>
    (selection.directives ?? []).every(({ name, arguments: given }) => {
      if (name.value !== 'skip' && name.value !== 'include') return true;
      const value = given?.find((argument) => argument.name.value === 'if')?.value;
      const condition =
        value?.kind === Kind.VARIABLE
          ? conditionValue(value.name.value)
          : value?.kind === Kind.BOOLEAN && value.value;
      return condition === (name.value === 'include');
    });

  /** The fields of a selection set for one type, by key: fields with one key are one field. */
  const collect = (typename: string, set: SelectionSetNode, into: Map<string, FieldNode[]>): void => {
    for (const selection of set.selections) {
      if (!isWanted(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = into.get(key);
        if (nodes) nodes.push(selection);
        else into.set(key, [selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragment;
      const on = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : fragment?.on;
      if (inner && (on === undefined || isOfType(schema, typename, on))) collect(typename, inner, into);
    }
  };

  const fieldShape = (
    parent: GraphQLCompositeType,
    key: string,
    nodes: readonly FieldNode[],
  ): FieldShape | undefined => {
    const [node] = nodes;
    if (!node) return undefined;
    const name = node.name.value;
    if (name === '__typename') {
      return { kind: 'typename', key, name, typename: isObjectType(parent) ? parent.name : undefined };
    }
    if (name === '__schema' || name === '__type') return { kind: 'introspection', key, name, nodes };
    const type = 'getFields' in parent ? parent.getFields()[name]?.type : undefined;
    if (!type) return undefined;
    const named = getNamedType(type);
    const shared = { key, name, type, node, isDenied: nodes.every(isDenied) };
    if (!isCompositeType(named)) return { kind: 'leaf', ...shared };
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return { kind: 'object', ...shared, object: objectShape(named, sets) };
  };

  const objectShape = (declared: GraphQLCompositeType, sets: readonly SelectionSetNode[]): ObjectShape => {
    const id = `${declared.name} ${sets.map(numberOf).join(' ')}`;
    const hit = known.get(id);
    if (hit) return hit;
    const byType = new Map<string, readonly FieldShape[] | undefined>();
    const fieldsOf = (typename: string): readonly FieldShape[] | undefined => {
      if (byType.has(typename)) return byType.get(typename);
      const type = schema.getType(typename);
      let fields: readonly FieldShape[] | undefined;
      if (isCompositeType(type)) {
        const collected = new Map<string, FieldNode[]>();
        for (const set of sets) collect(typename, set, collected);
        fields = [...collected].flatMap(([key, nodes]) => fieldShape(type, key, nodes) ?? []);
        byType.set(typename, fields);
      }
      return fields;
    };
    const shape = { declared, fieldsOf };
    known.set(id, shape);
    return shape;
  };
  return objectShape;
}

/** The types an object at this place can have. */
export const concreteTypes = (schema: GraphQLSchema, declared: GraphQLCompositeType): readonly string[] =>
  isAbstractType(declared)
    ? schema.getPossibleTypes(declared).map(({ name }) => name)
    : isObjectType(declared)
      ? [declared.name]
      : [];
