import { type DocumentNode, type FieldDefinitionNode, Kind, type TypeNode, visit } from 'graphql';

/** What a type of a supergraph says about its fields. */
export interface FieldsOfType {
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
  readonly isInterface: boolean;
  readonly interfaces: ReadonlySet<string>;
}

/** Objects and interfaces by name. */
export function fieldsByType(supergraph: DocumentNode): ReadonlyMap<string, FieldsOfType> {
  const types = new Map<string, FieldsOfType>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    types.set(definition.name.value, {
      fields: new Map((definition.fields ?? []).map((field) => [field.name.value, field])),
      isInterface: definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
      interfaces: new Set((definition.interfaces ?? []).map(({ name }) => name.value)),
    });
  }
  return types;
}

/** The type without its lists and its non-null. */
export const innermost = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);

/** Adds fields to objects and interfaces, by the type's name and the field's. */
export function withFields(
  supergraph: DocumentNode,
  added: ReadonlyMap<string, ReadonlyMap<string, FieldDefinitionNode>>,
): DocumentNode {
  const add = <
    Definition extends {
      readonly name: { readonly value: string };
      readonly fields?: readonly FieldDefinitionNode[];
    },
  >(
    definition: Definition,
  ) => {
    const fields = added.get(definition.name.value);
    return fields ? { ...definition, fields: [...(definition.fields ?? []), ...fields.values()] } : undefined;
  };
  return visit(supergraph, { ObjectTypeDefinition: add, InterfaceTypeDefinition: add });
}
