import { introspectionFromSchema } from 'graphql';

/**
 * Codegen plugin: the smallest introspection that the normalised cache understands. Names of types and fields, what
 * is nullable and who implements which interface; no descriptions, arguments or inputs.
 */
export function plugin(schema) {
  const { __schema } = introspectionFromSchema(schema, { descriptions: false });
  const types = __schema.types
    .filter(({ kind, name }) => !name.startsWith('__') && ['OBJECT', 'INTERFACE', 'UNION'].includes(kind))
    .map(({ kind, name, fields, interfaces, possibleTypes }) => ({
      kind,
      name,
      ...(fields && {
        fields: fields.map((field) => ({ name: field.name, type: slim(field.type), args: [] })),
      }),
      ...(interfaces && { interfaces: interfaces.map(named) }),
      ...(possibleTypes && { possibleTypes: possibleTypes.map(named) }),
    }));
  const root = (type) => (type ? { name: type.name } : null);
  const cacheSchema = {
    __schema: {
      queryType: root(__schema.queryType),
      mutationType: root(__schema.mutationType),
      subscriptionType: root(__schema.subscriptionType),
      types,
    },
  };
  return `export const cacheSchema = ${JSON.stringify(cacheSchema)} as const;\n`;
}

/** The cache asks whether a field may be null and whether it leads to other objects, not which scalar it is. */
function slim(type) {
  if (type.ofType) return { kind: type.kind, ofType: slim(type.ofType) };
  const composite = ['OBJECT', 'INTERFACE', 'UNION'].includes(type.kind);
  return composite ? named(type) : { kind: 'SCALAR', name: 'Any' };
}

function named({ kind, name }) {
  return { kind, name };
}
