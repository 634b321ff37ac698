import { expect, test } from 'vitest';
import { readCommand } from './read-command.js';

test('up takes --split, in any order', () => {
  expect(readCommand(['up']).options).toMatchObject({ split: false, missing: false });
  expect(readCommand(['--split', 'up']).options).toMatchObject({ split: true, missing: false });
});

test('restore says what, from where and into what', () => {
  expect(
    readCommand(['restore', '--from', 'there', '--backup', 'x', '--only=orders', '--force']).options,
  ).toMatchObject({
    from: 'there',
    backup: 'x',
    only: 'orders',
    force: true,
  });
});

test('dead-letters takes an action and ids', () => {
  expect(readCommand(['dead-letters']).options).toMatchObject({ operands: [], limit: 20, payload: false });
  const words = ['dead-letters', 'replay', 'a', 'b', '--service', 'orders', '--limit', '5', '--payload'];
  expect(readCommand(words).options).toMatchObject({
    operands: ['replay', 'a', 'b'],
    service: 'orders',
    limit: 5,
    payload: true,
    all: false,
  });
});

test('verify-events takes an anchor', () => {
  expect(readCommand(['verify-events', '--anchor', '1:ab']).options.anchor).toBe('1:ab');
  expect(() => readCommand(['up', '--anchor', '1:ab'])).toThrow(
    '--anchor goes with "souk verify-events" only.',
  );
});

test.each([
  [['down'], 'There is no command "down". "souk help" lists them.'],
  [['up', 'up'], 'There is no command "up up". "souk help" lists them.'],
  [['toString'], 'There is no command "toString". "souk help" lists them.'],
  [['seed', '--split'], '--split goes with "souk up" only.'],
  [['restore', '--to', 'x'], '--to goes with "souk backup" only.'],
  [['backup', '--from', 'x'], '--from goes with "souk restore" and "souk backups" only.'],
  [['up', '--all'], '--all goes with "souk dead-letters" only.'],
  [['seed', '--service', 'orders'], '--service goes with "souk dead-letters" only.'],
  [['dead-letters', '--limit', '0'], '--limit is a whole number from 1 to 1000, not "0".'],
  [['dead-letters', '--limit', 'many'], '--limit is a whole number from 1 to 1000, not "many".'],
  [['up', '--fast'], 'Unknown option \'--fast\'. "souk help" lists what there is.'],
])('%j is refused in one clear line', (words, message) => {
  expect(() => readCommand(words)).toThrow(message);
});
