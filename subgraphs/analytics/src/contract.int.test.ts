import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import { afterAll } from 'vitest';
import { type AnalyticsUnderTest, STAFF, startAnalytics } from './__fixtures__/analytics-under-test.js';

const opened: AnalyticsUnderTest[] = [];
afterAll(async () => {
  await Promise.all(opened.map((analytics) => analytics.stop()));
});

describeSubgraphContract('analytics', {
  async create() {
    const analytics = await startAnalytics();
    opened.push(analytics);
    return { app: analytics.app, breakStore: () => analytics.database.drop() };
  },
  logger: silentLogger,
  // It only refers to what others own.
  entities: [],
  storeCalls: { reset: () => {}, count: () => 0 },
  guarded: { query: '{ eventChain { records } }', code: 'UNAUTHENTICATED' },
  storeQuery: { query: '{ eventChain { records } }', viewer: STAFF },
});
