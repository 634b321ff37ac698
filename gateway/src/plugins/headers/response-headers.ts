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
  const inserted = rules.flatMap((rule) => ('insert' in rule ? [[rule.insert, rule.value] as const] : []));
  return (head, kept) => {
    const found = new Map<string, { readonly merge: Merge; readonly values: string[] }>();
    for (const [name, value] of linesOf(head)) {
      const fate = fateOf(name);
      if (!fate) continue;
      const known = found.get(fate.as);
      if (known) known.values.push(value);
      else found.set(fate.as, { merge: fate.merge, values: [value] });
    }
    for (const [name, value] of inserted) found.set(name, { merge: 'last', values: [value] });
    for (const [name, { merge, values }] of found) keep(kept, name, values, merge);
  };
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

const LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;

/** The headers of a head, names in lower case. What could not be sent on is left out. */
function* linesOf(head: string): Generator<readonly [name: string, value: string]> {
  for (const line of head.split('\r\n')) {
    const [, name, value] = LINE.exec(line) ?? [];
    if (name !== undefined && value !== undefined && isPassableValue(value))
      yield [name.toLowerCase(), value];
  }
}
