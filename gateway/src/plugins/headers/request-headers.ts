import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderEntries } from '../../transport/header-lines.js';
import { isPassableValue, matcher, mayGoUp, patternOf } from './header-names.js';
import type { PropagateRequestHeader, RequestHeaderRule } from './headers-options.js';

type Sent = Map<string, string>;
type Apply = (client: IncomingHttpHeaders, sent: Sent) => void;

/** Prepares what one subgraph is sent of a client's headers. */
export function compileRequestHeaders(
  rules: readonly RequestHeaderRule[],
): (client: IncomingHttpHeaders) => HeaderEntries {
  const steps = rules.map(compileRule);
  return (client) => {
    const sent: Sent = new Map();
    for (const apply of steps) apply(client, sent);
    return [...sent];
  };
}

function compileRule(rule: RequestHeaderRule): Apply {
  if ('insert' in rule) return (_client, sent) => void sent.set(rule.insert, rule.value);
  if ('remove' in rule) {
    const isMeant = matcher(rule.remove);
    return (_client, sent) => {
      for (const name of sent.keys()) if (isMeant(name)) sent.delete(name);
    };
  }
  const { propagate, as = propagate, default: otherwise } = rule;
  const pattern = patternOf(propagate);
  if (pattern) {
    return (client, sent) => {
      for (const name of namesIn(client, pattern)) {
        const value = valueOf(client, name);
        if (value !== undefined) sent.set(name, value);
      }
    };
  }
  return (client, sent) => {
    const value = valueOf(client, propagate) ?? otherwise;
    if (value !== undefined) sent.set(as, value);
  };
}

/** The headers a pattern means; never those that belong to the client's connection alone. */
function namesIn(client: IncomingHttpHeaders, pattern: RegExp): readonly string[] {
  const names: string[] = [];
  for (const name in client) if (pattern.test(name) && mayGoUp(name)) names.push(name);
  if (names.length === 0) return names;
  const nominated = (client.connection ?? '').toLowerCase().split(/\s*,\s*/);
  return names.filter((name) => !nominated.includes(name));
}

const valueOf = (client: IncomingHttpHeaders, name: string): string | undefined => {
  const given = client[name];
  const value = Array.isArray(given) ? given.join(', ') : given;
  return value !== undefined && isPassableValue(value) ? value : undefined;
};

/** Which of a client's headers may reach subgraphs, whichever. */
export interface Forwarded {
  /** Their names, as `vary` tells them. */
  readonly names: string;
  /** What the client says in them: two clients whose texts differ may get different answers. */
  textOf(client: IncomingHttpHeaders): string;
}

/** @returns undefined if nothing of clients is sent to anybody */
export function compileForwarded(rules: readonly RequestHeaderRule[]): Forwarded | undefined {
  const propagated = rules.filter((rule): rule is PropagateRequestHeader => 'propagate' in rule);
  if (propagated.length === 0) return undefined;
  const sources = propagated.map(({ propagate }) => ({ name: propagate, pattern: patternOf(propagate) }));
  const hasPatterns = sources.some(({ pattern }) => pattern !== undefined);
  return {
    names: hasPatterns ? '*' : sources.map(({ name }) => name).join(', '),
    textOf(client) {
      let text = '';
      for (const { name, pattern } of sources) {
        if (!pattern) text += told(valueOf(client, name));
        else
          for (const found of namesIn(client, pattern).toSorted())
            text += `${found}:${told(valueOf(client, found))}`;
        text += ';';
      }
      return text;
    },
  };
}

/** No value may look like the end of another. */
const told = (value: string | undefined): string => (value === undefined ? '' : JSON.stringify(value));
