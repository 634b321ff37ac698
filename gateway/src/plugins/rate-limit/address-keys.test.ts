import { expect, it } from 'vitest';
import { createAddressKeys } from './address-keys.js';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::2', '0:0:0:0'],
  ['203.0.113.7:4711', '203.0.113.7'],
  ['[2001:db8:1:2::6]:4711', '2001:db8:1:2'],
  ['unknown', 'unknown'],
  ['127.0.0.1', undefined],
  ['127.8.8.8', undefined],
  ['::ffff:127.0.0.1', undefined],
  ['::1', undefined],
  ['10.2.3.4', undefined],
  ['10.3.3.4', '10.3.3.4'],
])('%s counts as %s', (address, key) => {
  const keyOf = createAddressKeys(['127.0.0.0/8', '::1', '10.2.0.0/16']);
  expect(keyOf(address)).toBe(key);
  expect(keyOf(address), 'remembered').toBe(key);
});

it('keeps little of what proxies make up', () => {
  expect(createAddressKeys([])('x'.repeat(10_000))).toBe('(unreadable)');
});

it.each(['nonsense', '10.0.0.0/33', '::1/x', '/8'])('refuses %s as a network', (entry) => {
  expect(() => createAddressKeys([entry])).toThrow(`"${entry}" is no address or network. Write 10.0.0.0/8`);
});
