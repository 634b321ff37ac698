/** Which subgraphs a rule is about. */
interface Scoped {
  /** Their names. @default all */
  readonly subgraphs?: readonly string[];
}

/** Sends a client's header on to subgraphs. */
export interface PropagateRequestHeader extends Scoped {
  /** Its name in lower case, or a pattern for names between slashes: `/^x-tenant-/`. */
  readonly propagate: string;
  /** Under which name it goes on; not with a pattern. @default its own */
  readonly as?: string;
  /** What is sent if the client sent none; not with a pattern. @default nothing */
  readonly default?: string;
}

/** Sends a header that no client sent, or another value than the client's. */
export interface InsertHeader extends Scoped {
  /** Its name in lower case. */
  readonly insert: string;
  /** Plain ASCII. */
  readonly value: string;
}

/** Takes back what a rule before it let through. */
export interface RemoveHeader extends Scoped {
  /** A name, or a pattern between slashes. */
  readonly remove: string;
}

/** Sends a subgraph's header back to the client. */
export interface PropagateResponseHeader extends Scoped {
  /** Its name in lower case, or a pattern for names between slashes. */
  readonly propagate: string;
  /** Under which name it goes on; not with a pattern. @default its own */
  readonly as?: string;
  /**
   * Whose value counts if several answers have one: that of the answer which came `first` or `last`, or each once
   * (`append`). `set-cookie` is always appended.
   * @default 'last'
   */
  readonly merge?: 'first' | 'last' | 'append';
}

export type RequestHeaderRule = PropagateRequestHeader | InsertHeader | RemoveHeader;
export type ResponseHeaderRule = PropagateResponseHeader | InsertHeader | RemoveHeader;

export interface HeadersOptions {
  /** What subgraphs get of a client's headers, in order: a later rule counts more. @default [] */
  readonly request?: readonly RequestHeaderRule[];
  /** What clients get of subgraphs' headers, in order: a later rule counts more. @default [] */
  readonly response?: readonly ResponseHeaderRule[];
}

/** The rules that are about one subgraph. */
export const rulesFor = <Rule extends Scoped>(
  rules: readonly Rule[] | undefined,
  subgraph: string,
): readonly Rule[] => (rules ?? []).filter(({ subgraphs }) => subgraphs?.includes(subgraph) ?? true);

/** Whether anything passes at all. */
export const hasRules = ({ request = [], response = [] }: HeadersOptions): boolean =>
  request.length + response.length > 0;
