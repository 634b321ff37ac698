import { ALL_ESCAPES, BACKSLASHES, type Escapes, LINE_FEEDS, QUOTES } from '../escapes.js';

/** What a subgraph answers, once parsed: not yet checked against any type. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Control characters, quote, backslash, and lone surrogates: everything that JSON must escape. Said as what is none of
 * the others: the code that V8 makes of it knows a plain character by its first comparisons, and is three times faster.
 */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** Up to this length a loop beats the regular expression. */
const SHORT = 24;

/** A string as JSON text. Most need no escaping, and finding that out is cheaper than JSON.stringify. */
export function quote(text: string, escapes: Escapes = ALL_ESCAPES): string {
  if (escapes < ALL_ESCAPES) return holds(text, escapes) ? JSON.stringify(text) : `"${text}"`;
  if (text.length >= SHORT) return text.length <= LONG ? quoteOnce(text) : scanAndQuote(text);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || code >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

const scanAndQuote = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`);

/** Longer texts are not remembered. */
const LONG = 1_024;
/** A power of two. */
const REMEMBERED = 64;
const texts = new Array<string>(REMEMBERED).fill('');
const quoted = new Array<string>(REMEMBERED).fill('""');

/**
 * The same text often stands at many places of an answer: an author's, a description. The last ones are remembered by
 * their length alone, since to tell two strings apart costs nothing, and one is found to be itself without a look at it.
 */
function quoteOnce(text: string): string {
  const place = text.length % REMEMBERED;
  const known = quoted[place];
  if (known !== undefined && texts[place] === text) return known;
  const made = scanAndQuote(text);
  texts[place] = text;
  quoted[place] = made;
  return made;
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
