import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@souk/kit/events';
import type { Change } from './cache-hints.js';

/** What one event changes. */
export interface Changed {
  readonly coordinate: string;
  /** Undefined: any of them may have changed. */
  readonly id?: string;
}

/** Which events of which subgraphs matter, and what they change. */
export interface EventRules {
  /** The event types that matter, by the subgraph that publishes them. */
  readonly types: ReadonlyMap<string, readonly string[]>;
  changedBy(source: string, event: RecordedEvent): readonly Changed[];
  /** All that the events of a subgraph can change. */
  coordinatesOf(source: string): readonly string[];
  /** Equal where all that is said of a subgraph's events is equal. */
  idOf(source: string): string;
}

/** Turns every `@changedBy` of a supergraph round: from events to what they change. */
export function createEventRules(changes: readonly Change[]): EventRules {
  const rules = new Map<string, Map<string, Change[]>>();
  for (const change of changes) {
    const ofSource = rules.get(change.subgraph) ?? new Map<string, Change[]>();
    rules.set(change.subgraph, ofSource);
    for (const event of change.events) ofSource.set(event, [...(ofSource.get(event) ?? []), change]);
  }
  const of = (source: string): readonly Change[] => changes.filter(({ subgraph }) => subgraph === source);
  return {
    types: new Map([...rules].map(([source, ofSource]) => [source, [...ofSource.keys()]])),
    changedBy: (source, { type, payload }) =>
      (rules.get(source)?.get(type) ?? []).flatMap(
        ({ coordinate, id }) =>
          (id === undefined ? undefined : idsIn(payload, id))?.map((one) => ({ coordinate, id: one })) ?? [
            { coordinate },
          ],
      ),
    coordinatesOf: (source) => [...new Set(of(source).map(({ coordinate }) => coordinate))],
    idOf: (source) =>
      createHash('sha256')
        .update(
          JSON.stringify(
            of(source)
              .map((change) => JSON.stringify(change))
              .sort(),
          ),
        )
        .digest('base64url')
        .slice(0, 12),
  };
}

/** The ids that stand in a payload; undefined if there are none, and anything may have changed. */
function idsIn(payload: unknown, name: string): readonly string[] | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const value: unknown = Object.entries(payload).find(([key]) => key === name)?.[1];
  const ids = (Array.isArray(value) ? value : [value]).map((id) =>
    typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
  );
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
