import { expect, it } from 'vitest';
import { encodingChooser } from './accepted-encoding.js';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP ; Q=0.8', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.9', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['identity;q=0, gzip;q=0.1', 'gzip'],
  ['identity;q=0.5, *;q=0.5', 'br'],
  ['deflate, zstd', undefined],
  ['gzip;q=nonsense', undefined],
])('%j is answered with %s', (header, encoding) => {
  const choose = encodingChooser(['br', 'gzip']);
  expect([choose(header), choose(header)]).toEqual([encoding, encoding]);
});

it('chooses of what is offered only', () => {
  expect(encodingChooser(['gzip'])('br, gzip;q=0.1')).toBe('gzip');
  expect(encodingChooser(['gzip', 'br'])('br, gzip')).toBe('gzip');
});

it('a flood of different headers is answered, and not remembered', () => {
  const choose = encodingChooser(['br', 'gzip']);
  for (let n = 0; n < 1_000; n += 1) expect(choose(`gzip, x-${n}`)).toBe('gzip');
});
