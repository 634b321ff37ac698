import { SOURCES } from '@souk/analytics';
import { expect, test } from 'vitest';
import { services } from './index.js';

test('analytics listens to every other subgraph', () => {
  const others = services.map(({ name }) => name).filter((name) => name !== 'analytics');
  expect([...SOURCES].sort()).toEqual(others.sort());
});
