import { expect, test } from 'vitest';
import { readCommand } from './read-command.js';

test('up takes --split, in any order', () => {
  expect(readCommand(['up']).options).toEqual({ split: false, missing: false });
  expect(readCommand(['--split', 'up']).options).toEqual({ split: true, missing: false });
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
  [['up', '--fast'], 'Unknown option \'--fast\'. "souk help" lists what there is.'],
])('%j is refused in one clear line', (words, message) => {
  expect(() => readCommand(words)).toThrow(message);
});
