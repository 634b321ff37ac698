import { isPassableValue, matcher, mayGoDown, patternOf } from './header-names.js';
import type { ResponseHeaderRule } from './headers-options.js';

/** Headers for the client, as a call keeps them. */
export type KeptHeaders = (readonly [name: string, value: string])[];

type Merge = 'first' | 'last' | 'append';

/** What becomes of a subgraph's header. */
interface Fate {
  readonly as: string;
  readonly merge: Merge;
}

/** Prepares what clients get of one subgraph's headers. The function takes the head of an answer, as it came. */
export function compileResponseHeaders(
  rules: readonly ResponseHeaderRule[],
): (head: string, kept: KeptHeaders) => void {
  const fateOf = compileFates(rules);
  const isInitial = initialsOf(rules);
  const inserted = rules.flatMap((rule) => ('insert' in rule ? [[rule.insert, rule.value] as const] : []));
  return (head, kept) => {
    let found: Map<string, { readonly merge: Merge; readonly values: string[] }> | undefined;
    for (let at = head.indexOf('\r\n'); at >= 0; at = head.indexOf('\r\n', at + 2)) {
      // Nearly every header is told apart by its first letter.
      if (isInitial && !isInitial(head.charCodeAt(at + 2))) continue;
      const [name, value] = headerAt(head, at + 2) ?? [];
      const fate = name === undefined ? undefined : fateOf(name);
      if (!fate || value === undefined || !isPassableValue(value)) continue;
      found ??= new Map();
      const known = found.get(fate.as);
      if (known) known.values.push(value);
      else found.set(fate.as, { merge: fate.merge, values: [value] });
    }
    for (const [name, value] of inserted) {
      found ??= new Map();
      found.set(name, { merge: 'last', values: [value] });
    }
    if (found) for (const [name, { merge, values }] of found) keep(kept, name, values, merge);
  };
}

/** The letters that the names of all rules begin with; undefined if a pattern may mean any. */
function initialsOf(rules: readonly ResponseHeaderRule[]): ((code: number) => boolean) | undefined {
  const names = rules.flatMap((rule) => ('propagate' in rule ? [rule.propagate] : []));
  if (names.some((name) => patternOf(name))) return undefined;
  const initials = new Set(names.map((name) => name.charCodeAt(0) | 32));
  // Lower case, for letters.
  return (code) => initials.has(code | 32);
}

function compileFates(rules: readonly ResponseHeaderRule[]): (name: string) => Fate | undefined {
  const steps = rules.map((rule) => {
    if ('insert' in rule) return { isMeant: () => false, fateOf: () => undefined };
    if ('remove' in rule) return { isMeant: matcher(rule.remove), fateOf: () => undefined };
    const { propagate, as, merge = 'last' } = rule;
    const isPattern = patternOf(propagate) !== undefined;
    return {
      isMeant: matcher(propagate),
      fateOf: (name: string): Fate => ({
        as: isPattern ? name : (as ?? name),
        // Commas are part of a cookie's date: cookies stay apart.
        merge: name === 'set-cookie' ? 'append' : merge,
      }),
    };
  });
  return (name) => {
    if (!mayGoDown(name)) return undefined;
    return steps.findLast(({ isMeant }) => isMeant(name))?.fateOf(name);
  };
}

function keep(kept: KeptHeaders, name: string, values: readonly string[], merge: Merge): void {
  const isThere = (value?: string): boolean =>
    kept.some((header) => header[0] === name && (value === undefined || header[1] === value));
  if (merge === 'first' && isThere()) return;
  if (merge === 'last') {
    const others = kept.filter((header) => header[0] !== name);
    kept.splice(0, kept.length, ...others);
  }
  for (const value of values) if (merge !== 'append' || !isThere(value)) kept.push([name, value]);
}

const LINE = /([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*)/y;

/** The header that begins here, its name in lower case. */
function headerAt(head: string, at: number): readonly [name: string, value: string] | undefined {
  LINE.lastIndex = at;
  const [, name, value] = LINE.exec(head) ?? [];
  return name === undefined || value === undefined
    ? undefined
    : [name.toLowerCase(), value.replace(/[ \t]+$/, '')];
}
