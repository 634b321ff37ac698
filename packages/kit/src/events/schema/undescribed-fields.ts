import type { EventSnapshot, JsonSchema } from './snapshot.js';

/**
 * The fields of events that nobody has described: whoever reads them would have to guess.
 *
 * @returns one line a field, for example `order.placed: payload.lines[].quantity`
 * @example const problems = undescribedFields(snapshotOf(catalogues));
 */
export function undescribedFields(snapshot: EventSnapshot): string[] {
  return Object.entries(snapshot).flatMap(([type, { payload }]) => [
    ...new Set(fieldsWithoutWords(payload, 'payload').map((field) => `${type}: ${field}`)),
  ]);
}

function fieldsWithoutWords(schema: JsonSchema, path: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${path}.${name}`;
    return [...(field.description ? [] : [at]), ...fieldsWithoutWords(field, at)];
  });
  return [
    ...own,
    ...(schema.items ? fieldsWithoutWords(schema.items, `${path}[]`) : []),
    ...alternativesOf(schema).flatMap((alternative) => fieldsWithoutWords(alternative, path)),
  ];
}

/** The members of a union, as zod writes it down; none for anything else. */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  // Both keywords hold a list of schemas.
  return Array.isArray(alternatives) ? (alternatives as readonly JsonSchema[]) : [];
}
