import { expect, test } from 'vitest';
import { loneBuyer, noAnswer, placedOrder } from './__fixtures__/lone-buyer.js';
import { patientClient } from './patient-client.js';

test('asks the same again until there is an answer', async () => {
  const answer = placedOrder('PLACED');
  const { buyer, asked } = loneBuyer(noAnswer, noAnswer, answer);
  const reply = await patientClient(buyer.graph, { pauseMs: 0 }).ask('{ a }', { key: 'k' });
  expect(reply).toBe(answer);
  expect(asked).toEqual(Array(3).fill({ query: '{ a }', variables: { key: 'k' } }));
});

test('believes in the end that nobody answers', async () => {
  const { buyer, asked } = loneBuyer(noAnswer);
  expect(await patientClient(buyer.graph, { pauseMs: 0 }).ask('{ a }')).toEqual(noAnswer);
  expect(asked).toHaveLength(6);
});
