import { Binary, Double, ObjectId, Regex, type Value } from './value.js';

/** A value as MongoDB's error messages show it. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Map) {
    const members = [...value].map(([name, child]) => `${name}: ${describe(child)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(describe).join(', ')} ]`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHex()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Double)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof Binary)
    return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`;
  if (value instanceof Regex) return `/${value.pattern}/${value.options}`;
  return String(value);
}
