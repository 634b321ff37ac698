import { createHash } from 'node:crypto';
import type { ExecutionResult, GraphQLError } from 'graphql';

/**
 * A result whose data is JSON text already. A class, and nothing else: an object with a getter of its own would get
 * a hidden class of its own in V8, which keeps it and its text alive until the next full garbage collection.
 *
 * It holds the text of the whole, and nothing of what that was joined from: V8 joins lazily, and whoever sends the text
 * puts the whole in one piece, but not its parts. Those who waited for this result are old enough to keep it, and so all
 * pieces of its data, until the next full collection.
 */
class TextResult {
  readonly text: string;
  readonly #dataStart: number;
  readonly #dataLength: number;
  readonly #errors: readonly GraphQLError[];
  readonly #extensions: Record<string, unknown> | undefined;
  #isShared = false;
  #bytes: Buffer | undefined;
  #validator: string | undefined;
  #parsed: { readonly value: Record<string, unknown> | null } | undefined;

  constructor(
    dataText: string,
    errors: readonly GraphQLError[],
    extensions: Record<string, unknown> | undefined,
  ) {
    const before = errors.length === 0 ? '{"data":' : `{"errors":${JSON.stringify(errors)},"data":`;
    const after = extensions === undefined ? '}' : `,"extensions":${JSON.stringify(extensions)}}`;
    this.text = before + dataText + after;
    this.#dataStart = before.length;
    this.#dataLength = dataText.length;
    this.#errors = errors;
    this.#extensions = extensions;
  }

  get data(): Record<string, unknown> | null {
    // An executor wrote the text: it is an object or null.
    this.#parsed ??= { value: JSON.parse(this.dataText) as Record<string, unknown> | null };
    return this.#parsed.value;
  }

  get errors(): readonly GraphQLError[] | undefined {
    return this.#errors.length === 0 ? undefined : this.#errors;
  }

  get extensions(): Record<string, unknown> | undefined {
    return this.#extensions;
  }

  get dataText(): string {
    return this.text.slice(this.#dataStart, this.#dataStart + this.#dataLength);
  }

  /** Text, or bytes where several take them: made once. */
  get body(): string | Buffer {
    if (!this.#isShared) return this.text;
    this.#bytes ??= Buffer.from(this.text);
    return this.#bytes;
  }

  share(): void {
    this.#isShared = true;
  }

  /** Made once, and only where it may be asked for again. */
  get validator(): string | undefined {
    if (!this.#isShared) return undefined;
    this.#validator ??= `"${createHash('sha256').update(this.body).digest('base64url').slice(0, 27)}"`;
    return this.#validator;
  }

  extended(extensions: Record<string, unknown>): TextResult {
    return new TextResult(this.dataText, this.#errors, extensions);
  }

  toJSON(): ExecutionResult {
    const { data, errors, extensions } = this;
    return { ...(errors ? { errors } : {}), data, ...(extensions ? { extensions } : {}) };
  }
}

/**
 * A result whose data is JSON text already. Whoever sends JSON takes the text ({@link resultText}); whoever needs
 * values reads `data`, which is parsed then. It cannot be copied by spreading: see {@link withExtensions}.
 */
export const textResult = (data: string, errors: readonly GraphQLError[]): ExecutionResult =>
  // graphql-js types its optional keys as absent or set; these getters answer undefined, which readers treat alike.
  new TextResult(data, errors, undefined) as ExecutionResult;

/** The same result with more `extensions`; text stays text. The result itself if there is nothing to add. */
export function withExtensions(
  result: ExecutionResult,
  extensions: Readonly<Record<string, unknown>>,
): ExecutionResult {
  if (isEmpty(extensions)) return result;
  const all = { ...result.extensions, ...extensions };
  // The cast is that of textResult.
  return result instanceof TextResult
    ? (result.extended(all) as ExecutionResult)
    : { ...result, extensions: all };
}

function isEmpty(object: Readonly<Record<string, unknown>>): boolean {
  for (const key in object) if (Object.hasOwn(object, key)) return false;
  return true;
}

/** A result as an object that may be copied by spreading: for libraries that do. */
export const plainResult = (result: ExecutionResult): ExecutionResult =>
  result instanceof TextResult ? result.toJSON() : result;

/** The JSON text of any result, without making it again if it was text before. */
export const resultText = (result: ExecutionResult): string =>
  result instanceof TextResult ? result.text : JSON.stringify(result);

/** The JSON text of a result's data alone. */
export const dataText = (result: ExecutionResult): string =>
  result instanceof TextResult ? result.dataText : JSON.stringify(result.data ?? null);

/** The JSON of any result, ready to be sent. */
export const resultBody = (result: ExecutionResult): string | Buffer =>
  result instanceof TextResult ? result.body : JSON.stringify(result);

/** A strong entity tag of the JSON of a result that several send; undefined for others. */
export const validatorOf = (result: ExecutionResult): string | undefined =>
  result instanceof TextResult ? result.validator : undefined;

/** Says that several will send this result. */
export function shareText(result: ExecutionResult): void {
  if (result instanceof TextResult) result.share();
}
