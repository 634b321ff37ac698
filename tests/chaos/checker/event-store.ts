import type { Rule } from './violation.js';

export const chainIsIntact: Rule = {
  name: 'the hash chain of events is unbroken',
  check: ({ eventStore: { broken } }) => (broken === undefined ? [] : [{ message: broken }]),
};

/** Not one is missing, not one is there twice. */
export const storeIsComplete: Rule = {
  name: 'the event store has every event exactly once',
  check({ events, eventStore }) {
    const counts = new Map<string, number>();
    for (const id of eventStore.eventIds) counts.set(id, (counts.get(id) ?? 0) + 1);
    const missing = events.filter(({ id }) => !counts.has(id));
    const twice = [...counts].filter(([, count]) => count > 1);
    return [
      ...missing.map(({ id, source, type, payload }) => ({
        message: `${type} of ${source} (${id}) is missing`,
        ...(typeof payload['orderId'] === 'string' ? { orderId: payload['orderId'] } : {}),
      })),
      ...twice.map(([id, count]) => ({ message: `event ${id} is there ${count} times` })),
    ];
  },
};

export const projectionsEqualReplay: Rule = {
  name: 'projections equal a fresh replay',
  check: ({ eventStore: { differences } }) =>
    differences === 0 ? [] : [{ message: `${differences} rows of reports come out otherwise when replayed` }],
};
