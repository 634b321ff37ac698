import { expect, it } from 'vitest';
import { SUBJECTS } from './event-kinds.js';
import { type EventLogState, filterOf, stateFromUrl, urlFromState } from './event-log-state.js';

const EVERYTHING = { kind: '', source: '', about: '', role: 'correlation', hours: 24 } as const;
const NARROW: EventLogState = {
  kind: 'order.paid',
  source: 'orders',
  about: 'o1',
  role: 'aggregate',
  hours: 168,
};
/** What vue-router hands back of a query that it was given. */
const throughUrl = (state: EventLogState) =>
  JSON.parse(JSON.stringify(urlFromState(state))) as Record<string, string>;

it.each([[EVERYTHING], [NARROW]])('what the log is narrowed to comes back from the address: %j', (state) => {
  expect(stateFromUrl(throughUrl(state))).toEqual(state);
});

it('an address says nothing of what is as it is anyway, and nonsense in it is ignored', () => {
  expect(urlFromState({ ...EVERYTHING, role: 'aggregate', about: ' ' })).toEqual({});
  const nonsense = { kind: 'order.eaten', source: 'nobody', role: 'x', hours: '-1', about: ['', null] };
  expect(stateFromUrl(nonsense)).toEqual(EVERYTHING);
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
