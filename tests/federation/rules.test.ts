import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { twoExecutors } from '@souk/gateway/testing';
import { describe, expect, it } from 'vitest';
import { writesExpected } from './differential-config.js';
import { readRules } from './read-rules.js';

const PEACE = { seed: 1, trouble: 0 };

describe.each(readRules())('the rule $name', ({ subgraphs, queries, expected }) => {
  it('is planned and answered as written down', async () => {
    const executors = twoExecutors(subgraphs);
    const given: Record<string, unknown> = {};
    for (const { name, query, labels } of queries) {
      const { ours, asked } = await executors.run({ query, variables: {} }, PEACE, labels);
      given[name] = {
        asked: asked.map(({ subgraph, query: question }) => `${subgraph}: ${question}`),
        ...ours,
      };
    }
    const text = JSON.stringify(given, null, 2);
    if (writesExpected()) writeFileSync(expected, `${text}\n`);
    if (!existsSync(expected)) {
      throw new Error(
        `There is no ${expected}. Make it with SOUK_WRITE_EXPECTED=1 and read it before you commit it.`,
      );
    }
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });
});
