import { type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Limits } from './limits-options.js';
import { overLimit } from './over-limit.js';

/** How deep brackets may stand inside each other: parser and validation recurse, and a stack is small. */
const DEEPEST_TEXT = 200;

/** Parses a document that is neither too long nor too deep. @throws GraphQLError */
export function readDocument(query: string, limits: Limits): DocumentNode {
  const { maxQueryBytes, maxTokens } = limits;
  // A character has at most three bytes, so short texts need no counting.
  const bytes = query.length * 3 > maxQueryBytes ? Buffer.byteLength(query) : 0;
  if (bytes > maxQueryBytes) throw overLimit('maxQueryBytes', { found: bytes, most: maxQueryBytes });
  refuseDeepText(query);
  try {
    return parse(query, maxTokens === Infinity ? {} : { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.endsWith('tokens. Parsing aborted.'))
      throw overLimit('maxTokens', { found: undefined, most: maxTokens });
    throw error;
  }
}

/** @throws GraphQLError for a text that is nested too deeply to be parsed. */
export function refuseDeepText(query: string): void {
  let depth = 0;
  for (let at = 0; at < query.length; at += 1) {
    const character = query.charCodeAt(at);
    // {, [ and ( open; }, ] and ) close.
    if (character === 0x7b || character === 0x5b || character === 0x28) depth += 1;
    else if (character === 0x7d || character === 0x5d || character === 0x29) depth -= 1;
    if (depth > DEEPEST_TEXT) {
      throw new GraphQLError(
        `The document is nested deeper than ${DEEPEST_TEXT} levels. Ask for less at once.`,
      );
    }
  }
}
