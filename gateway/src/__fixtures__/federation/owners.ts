import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';

/** A field as a subgraph that answers it knows it. */
export interface OwnedField {
  readonly field: GraphQLField<unknown, unknown>;
  readonly schema: GraphQLSchema;
}

/** Who answers which field, read from the subgraphs' own schemas: composition has no part in it. */
export interface Owners {
  /**
   * @param type an object type's name
   * @throws Error if no subgraph answers the field
   */
  ownerOf(type: string, field: string): OwnedField;
  /** The object types that a type stands for, as a subgraph sees it; those of everybody for an `@interfaceObject`. */
  possibleTypes(schema: GraphQLSchema, type: string): readonly { readonly name: string }[];
}

/** @param subgraphs SDL by name */
export function ownersIn(subgraphs: Readonly<Record<string, string>>): Owners {
  const schemas = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => [name, buildSubgraphSchema(parse(sdl))]),
  );
  const found = new Map<string, OwnedField>();

  /** The types of this name in all subgraphs that know it as objects. */
  const objectsOf = (name: string) =>
    [...schemas].flatMap(([subgraph, schema]) => {
      const type = schema.getType(name);
      return isObjectType(type) ? [{ subgraph, schema, type }] : [];
    });
  const find = (name: string, fieldName: string): OwnedField | undefined => {
    const objects = objectsOf(name);
    const left = objects.map(({ type }) => overriddenBy(type.getFields()[fieldName]));
    for (const { subgraph, schema, type } of objects) {
      const field = type.getFields()[fieldName];
      const isExternal = [type, field].some((each) => directiveOf(each, 'external'));
      if (field && !isExternal && !left.includes(subgraph)) return { field, schema };
    }
    const interfaces = objects.flatMap(({ type }) => type.getInterfaces());
    for (const { name: parent } of interfaces) {
      const owner = find(parent, fieldName);
      if (owner) return owner;
    }
    return undefined;
  };

  return {
    ownerOf(type, field) {
      const key = `${type}.${field}`;
      const owner = found.get(key) ?? find(type, field);
      if (!owner) throw new Error(`No subgraph answers ${key}: leave the supergraph out, or add the field.`);
      found.set(key, owner);
      return owner;
    },
    possibleTypes(schema, name) {
      const type = schema.getType(name);
      if (isAbstractType(type)) return schema.getPossibleTypes(type);
      if (!isObjectType(type)) return [];
      if (!directiveOf(type, 'interfaceObject')) return [type];
      for (const other of schemas.values()) {
        const known = other.getType(name);
        if (isInterfaceType(known)) return other.getPossibleTypes(known);
      }
      return [];
    },
  };
}

type Annotated = {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
};

const directiveOf = (place: Annotated | undefined, wanted: string): ConstDirectiveNode | undefined =>
  place?.astNode?.directives?.find(({ name }) => name.value === wanted);

/** The subgraph that a field has left. */
function overriddenBy(field: Annotated | undefined): string | undefined {
  const from = directiveOf(field, 'override')?.arguments?.find(({ name }) => name.value === 'from')?.value;
  return from?.kind === Kind.STRING ? from.value : undefined;
}
