import { expect, it } from 'vitest';
import { skuBeginnings, startsLike } from './sku.js';

it('takes what is typed for the beginning of an article number, in capitals, too', () => {
  expect(skuBeginnings(' lam-12 ')).toEqual(['lam-12', 'LAM-12']);
  expect(skuBeginnings('LAM')).toEqual(['LAM']);
  expect(skuBeginnings('  ')).toEqual([]);
  expect(skuBeginnings('x'.repeat(1_000))[0]).toHaveLength(64);
  expect(startsLike('LAM-12-3', skuBeginnings('lam-1'))).toBe(true);
  expect(startsLike('XLAM-12-3', skuBeginnings('lam-1'))).toBe(false);
});
