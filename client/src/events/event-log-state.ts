import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { EventLogFilter } from '@/__generated__/graphql.js';
import { typesOf } from './event-kinds.js';
import { WINDOWS, type WindowHours, isWithin, windowBefore } from './time-window.js';

/** The subgraphs that tell of something. */
export const SOURCES = ['users', 'products', 'inventory', 'orders', 'payments', 'shipping'] as const;

/** What an id may be the id of: what events are about, or what set them in motion. */
export const ROLES = ['correlation', 'aggregate'] as const;

/** What the log is narrowed to. Lives in the address, so that it can be shared and linked to. */
export interface EventLogState {
  /** A type of events, or a subject of them; empty for all. */
  readonly kind: string;
  /** A subgraph; empty for all. */
  readonly source: string;
  /** An id; empty for any. */
  readonly about: string;
  readonly role: (typeof ROLES)[number];
  readonly hours: WindowHours;
  /** What happened before this instant, in epoch milliseconds; undefined for now. Always within these hours. */
  readonly until: number | undefined;
}

const EVERYTHING: EventLogState = {
  kind: '',
  source: '',
  about: '',
  role: 'correlation',
  hours: 24,
  until: undefined,
};

/**
 * An instant that has left its hours since the address was written is looked for in more of them.
 *
 * @param now epoch milliseconds
 * @example stateFromUrl({ kind: 'order.paid', hours: '1', until: '2026-11-28T09:00:00.000Z' })
 */
export function stateFromUrl(url: LocationQuery, now: number = Date.now()): EventLogState {
  const text = (name: keyof EventLogState): string => [url[name]].flat()[0] ?? '';
  const { role } = EVERYTHING;
  const hours = WINDOWS.find((one) => String(one) === text('hours')) ?? EVERYTHING.hours;
  const until = Date.parse(text('until'));
  const reaching = WINDOWS.find((one) => one >= hours && isWithin(windowBefore(now, one), until));
  return {
    kind: typesOf(text('kind')) ? text('kind') : '',
    source: SOURCES.find((one) => one === text('source')) ?? '',
    about: text('about').trim(),
    role: ROLES.find((one) => one === text('role')) ?? role,
    ...(reaching === undefined ? { hours, until: undefined } : { hours: reaching, until }),
  };
}

/** The inverse of {@link stateFromUrl}: without what is as it is anyway. */
export function urlFromState(state: EventLogState): LocationQueryRaw {
  const { kind, source, about, role, hours, until } = state;
  return {
    ...(kind && { kind }),
    ...(source && { source }),
    ...(about.trim() && { about: about.trim(), ...(role !== EVERYTHING.role && { role }) }),
    ...(hours !== EVERYTHING.hours && { hours: String(hours) }),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
  };
}

/** How many filters are set: without the slider, which is none. */
export const filtersSetIn = (state: EventLogState): number =>
  // The role is a part of the id.
  Object.keys(urlFromState(state)).filter((name) => name !== 'role' && name !== 'until').length;

/** What of a state the graph is asked for; the time is the slider's. */
export function filterOf({ kind, source, about, role }: EventLogState): EventLogFilter {
  const types = typesOf(kind);
  const id = about.trim();
  return {
    ...(types && { types: [...types] }),
    ...(source && { sources: [source] }),
    ...(id && (role === 'aggregate' ? { aggregateId: id } : { correlationId: id })),
  };
}
