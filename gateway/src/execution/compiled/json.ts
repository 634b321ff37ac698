import { ALL_ESCAPES, BACKSLASHES, type Escapes, LINE_FEEDS, QUOTES } from '../escapes.js';

/** What a subgraph answers, once parsed: not yet checked against any type. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Control characters, quote, backslash, and lone surrogates: everything that JSON must escape. */
const NEEDS_ESCAPE = /[\u0000-\u001f"\\\ud800-\udfff]/; // eslint-disable-line no-control-regex -- these are what it looks for

/** Up to this length a loop beats the regular expression. */
const SHORT = 24;

/** A string as JSON text. Most need no escaping, and finding that out is cheaper than JSON.stringify. */
export function quote(text: string, escapes: Escapes = ALL_ESCAPES): string {
  if (escapes < ALL_ESCAPES) return holds(text, escapes) ? JSON.stringify(text) : `"${text}"`;
  if (text.length >= SHORT) return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || code >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** True if one of these characters stands in the text. */
const holds = (text: string, escapes: Escapes): boolean =>
  ((escapes & QUOTES) !== 0 && text.includes('"')) ||
  ((escapes & BACKSLASHES) !== 0 && text.includes('\\')) ||
  ((escapes & LINE_FEEDS) !== 0 && text.includes('\n'));

/** Any JSON value as text; what JSON does not know (undefined, functions) is null. */
export function jsonText(value: unknown, escapes: Escapes = ALL_ESCAPES): string {
  if (typeof value === 'string') return quote(value, escapes);
  if (value === null || value === undefined) return 'null';
  return JSON.stringify(value) ?? 'null';
}
