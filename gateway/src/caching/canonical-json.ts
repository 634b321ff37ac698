/** JSON text that is equal for equal values, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // What is no list and not null is an object.
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object).sort();
  let text = '';
  for (const key of keys) {
    if (object[key] === undefined) continue;
    text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(object[key])}`;
  }
  return `{${text}}`;
}
