import { twoExecutors } from '@souk/gateway/testing';
import { describe, expect, it } from 'vitest';
import { readRules } from './read-rules.js';

const PEACE = { seed: 1, trouble: 0 };

describe.each(readRules())('the rule $name', ({ subgraphs, queries, expected }) => {
  it('is planned and answered as written down', async () => {
    const executors = twoExecutors(subgraphs);
    const given: Record<string, unknown> = {};
    for (const { name, query } of queries) {
      const { ours, asked } = await executors.run({ query, variables: {} }, PEACE);
      given[name] = {
        asked: asked.map(({ subgraph, query: question }) => `${subgraph}: ${question}`),
        ...ours,
      };
    }
    await expect(`${JSON.stringify(given, null, 2)}\n`).toMatchFileSnapshot(expected);
  });
});
