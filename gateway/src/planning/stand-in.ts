import { Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';

const STAND_IN = /^_souk\d+_/;

/** Which stand-ins the `@requires` of a field names, and where (`group._souk0_mean`), by `Type.field`. */
export type StandInUses = ReadonlyMap<string, ReadonlySet<string>>;

/** The name of the stand-in with this number. */
export const standInName = (serial: number, field: string): string => `_souk${serial}_${field}`;

export const isStandIn = (name: string): boolean => STAND_IN.test(name);

/** The field that a stand-in stands for; any other name is returned as it is. */
export const originalName = (name: string): string => name.replace(STAND_IN, '');

/** The same place with the fields' own names. */
export const originalPlace = (place: string): string => place.split('.').map(originalName).join('.');

/** Gives the fields of a fetch's operation their real names; the answer keeps the stand-in as its key. */
export function restoreOperation(operation: string): string {
  if (!operation.includes('_souk')) return operation;
  const restored = visit(parse(operation, { noLocation: true }), {
    Field(field) {
      if (!isStandIn(field.name.value)) return undefined;
      return {
        ...field,
        alias: field.alias ?? field.name,
        name: { kind: Kind.NAME, value: originalName(field.name.value) },
      };
    },
  });
  return stripIgnoredCharacters(print(restored));
}
