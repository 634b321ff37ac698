import { expect, it } from 'vitest';
import { withKey } from './order-keys.js';

it('keeps the keys of the last thirty orders', () => {
  const many = Array.from({ length: 40 }, (_, index) => String(index)).reduce(
    (keys, id) => withKey(keys, `order-${id}`, id),
    {},
  );
  expect(Object.keys(many)).toHaveLength(30);
  expect(many).toMatchObject({ 'order-39': '39', 'order-10': '10' });
  expect(withKey({ a: '1', b: '2' }, 'a', '3')).toEqual({ b: '2', a: '3' });
});
