import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** True if an object of the type `typename` is of the type `condition`, too. Either may be an interface. */
export function isOfType(schema: GraphQLSchema, typename: string, condition: string): boolean {
  if (typename === condition) return true;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
  );
}

/** A type condition's own name and that of every type that fulfils it. */
export function typesFulfilling(schema: GraphQLSchema, condition: string): readonly string[] {
  const type = schema.getType(condition);
  if (!isAbstractType(type)) return [condition];
  const { objects, interfaces } = isInterfaceType(type)
    ? schema.getImplementations(type)
    : { objects: schema.getPossibleTypes(type), interfaces: [] };
  return [condition, ...objects.map(({ name }) => name), ...interfaces.map(({ name }) => name)];
}
