/**
 * Which errors clients may read as a subgraph wrote them. All others are masked: the message is in the log, under an id
 * that the client gets, together with the code if it is one of ours.
 * - `coded`: errors with a code of their own, which somebody meant for clients. A thrown exception has none.
 * - `all`: whatever comes; only stack traces stay out.
 * - `none`: nothing.
 * - a list: errors with one of these codes.
 */
export type ShownErrors = 'coded' | 'all' | 'none' | readonly string[];

export interface ErrorsOptions {
  /** @default 'coded' */
  readonly show?: ShownErrors;
  /** Subgraphs that differ, by name. @default {} */
  readonly subgraphs?: Readonly<Record<string, ShownErrors>>;
}

/** Whether an error with this code of this subgraph may be read as it is. */
export type IsShown = (subgraph: string, code: unknown) => boolean;

/** What servers say about errors they did not expect, and what we say about errors without a code. */
const UNMEANT: ReadonlySet<unknown> = new Set([
  undefined,
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
]);

/** @example isShownBy({ show: ['NOT_FOUND'], subgraphs: { legacy: 'none' } })('legacy', 'NOT_FOUND') // false */
export function isShownBy({ show = 'coded', subgraphs = {} }: ErrorsOptions): IsShown {
  const common = allows(show);
  const own = new Map(Object.entries(subgraphs).map(([name, shown]) => [name, allows(shown)]));
  return (subgraph, code) => (own.get(subgraph) ?? common)(code);
}

function allows(shown: ShownErrors): (code: unknown) => boolean {
  if (shown === 'all') return () => true;
  if (shown === 'none') return () => false;
  if (shown === 'coded') return (code) => !UNMEANT.has(code);
  const codes = new Set<unknown>(shown);
  return (code) => codes.has(code);
}
