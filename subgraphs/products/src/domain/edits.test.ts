import { expect, it } from 'vitest';
import { editsBetween } from './edits.js';

it.each([
  ['kettle', 'kettle', 0],
  ['ketle', 'kettle', 1],
  ['kettlle', 'kettle', 1],
  ['kattle', 'kettle', 1],
  ['ekttle', 'kettle', 1],
  ['bycicle', 'bicycle', 2],
  ['hedfones', 'headphones', 3],
  ['', 'tent', 4],
  ['tent', '', 4],
])('from "%s" to "%s" it is %i', (typed, meant, edits) => {
  expect(editsBetween(typed, meant)).toBe(edits);
});
