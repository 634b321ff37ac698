/** What a subgraph answers, once parsed: not yet checked against any type. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Control characters, quote, backslash, and lone surrogates: everything that JSON must escape. */
const NEEDS_ESCAPE = /[\u0000-\u001f"\\\ud800-\udfff]/; // eslint-disable-line no-control-regex -- these are what it looks for

/** Up to this length a loop beats the regular expression. */
const SHORT = 24;

/** A string as JSON text. Most need no escaping, and finding that out is cheaper than JSON.stringify. */
export function quote(text: string): string {
  if (text.length >= SHORT) return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || code >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** Any JSON value as text; what JSON does not know (undefined, functions) is null. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || value === undefined) return 'null';
  return JSON.stringify(value) ?? 'null';
}
