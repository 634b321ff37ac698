import type { ExecutionResult, GraphQLError } from 'graphql';

/** Where a result keeps its text. Not enumerable: a copy with other errors must not take the old text along. */
const TEXT = Symbol('JSON text');

interface WithText {
  readonly [TEXT]?: string;
}

/**
 * A result whose data is JSON text already. Whoever sends JSON takes the text; whoever needs values reads `data`,
 * which is parsed then.
 */
export function textResult(data: string, errors: readonly GraphQLError[]): ExecutionResult {
  let parsed: { readonly value: Record<string, unknown> | null } | undefined;
  const result: ExecutionResult = {
    ...(errors.length === 0 ? {} : { errors }),
    get data() {
      // An executor wrote the text: it is an object or null.
      parsed ??= { value: JSON.parse(data) as Record<string, unknown> | null };
      return parsed.value;
    },
  };
  const value =
    errors.length === 0 ? `{"data":${data}}` : `{"errors":${JSON.stringify(errors)},"data":${data}}`;
  Object.defineProperty(result, TEXT, { value });
  return result;
}

/** The same result with more `extensions`; text stays text. The result itself if there is nothing to add. */
export function withExtensions(
  result: ExecutionResult & WithText,
  extensions: Readonly<Record<string, unknown>>,
): ExecutionResult {
  if (Object.keys(extensions).length === 0) return result;
  const all = { ...result.extensions, ...extensions };
  const text = result[TEXT];
  if (text === undefined) return { ...result, extensions: all };
  const extended: ExecutionResult = {
    ...(result.errors ? { errors: result.errors } : {}),
    get data() {
      return result.data ?? null;
    },
    extensions: all,
  };
  const value = `${text.slice(0, -1)},"extensions":${JSON.stringify(all)}}`;
  Object.defineProperty(extended, TEXT, { value });
  return extended;
}

/** The JSON text of any result, without making it again if it was text before. */
export const resultText = (result: ExecutionResult & WithText): string =>
  result[TEXT] ?? JSON.stringify(result);
