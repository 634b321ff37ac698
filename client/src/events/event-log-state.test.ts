import { expect, it } from 'vitest';
import { SUBJECTS } from './event-kinds.js';
import { type EventLogState, filterOf, filtersSetIn, stateFromUrl, urlFromState } from './event-log-state.js';

const EVERYTHING = {
  kind: '',
  source: '',
  about: '',
  role: 'correlation',
  hours: 24,
  until: undefined,
} as const;
const NOW = Date.parse('2026-11-28T12:00:00Z');
const NARROW: EventLogState = {
  kind: 'order.paid',
  source: 'orders',
  about: 'o1',
  role: 'aggregate',
  hours: 168,
  until: Date.parse('2026-11-23T11:00:00.500Z'),
};
/** What vue-router hands back of a query that it was given. */
const throughUrl = (state: EventLogState) =>
  JSON.parse(JSON.stringify(urlFromState(state))) as Record<string, string>;

it.each([[EVERYTHING], [NARROW]])('what the log is narrowed to comes back from the address: %j', (state) => {
  expect(stateFromUrl(throughUrl(state), NOW)).toEqual(state);
});

it('an address says nothing of what is as it is anyway, and nonsense in it is ignored', () => {
  expect(urlFromState({ ...EVERYTHING, role: 'aggregate', about: ' ' })).toEqual({});
  const nonsense = {
    kind: 'order.eaten',
    source: 'nobody',
    role: 'x',
    hours: '-1',
    about: ['', null],
    until: 'noon',
  };
  expect(stateFromUrl(nonsense)).toEqual(EVERYTHING);
});

it.each([
  ['2026-11-27T12:00:00.000Z', 24],
  ['2026-11-27T11:59:59.999Z', 168],
  ['2026-10-30T12:00:00.000Z', 720],
] as const)('an instant that has left its hours is looked for in more of them: %s in %i', (until, hours) => {
  expect(stateFromUrl({ hours: '24', until }, NOW)).toEqual({
    ...EVERYTHING,
    hours,
    until: Date.parse(until),
  });
});

it.each([['2026-10-28T12:00:00.000Z'], ['2026-11-28T12:00:00.000Z']])(
  'an instant that no slider reaches is now: %s',
  (until) => {
    expect(stateFromUrl({ hours: '1', until }, NOW)).toEqual({ ...EVERYTHING, hours: 1 });
  },
);

it('counts the filters that are set: an id and its role are one, the slider is none', () => {
  expect(filtersSetIn(EVERYTHING)).toBe(0);
  expect(filtersSetIn(NARROW)).toBe(4);
});

it('asks for one type, or for all about a subject, and for an id by its role', () => {
  expect(filterOf(NARROW)).toEqual({ types: ['order.paid'], sources: ['orders'], aggregateId: 'o1' });
  expect(filterOf({ ...EVERYTHING, about: ' o1 ' })).toEqual({ correlationId: 'o1' });
  expect(filterOf({ ...EVERYTHING, kind: 'user' })).toEqual({ types: ['user.registered', 'user.updated'] });
  expect(filterOf(EVERYTHING)).toEqual({});
});

it('no subject has more types than the graph takes at once', () => {
  expect([...SUBJECTS.keys()]).toContain('order');
  for (const types of SUBJECTS.values()) expect(types.length).toBeLessThanOrEqual(50);
});
