import { expect, test } from 'vitest';
import { catchDriver } from './catch-driver.js';

/** What is seen at each look, the last for ever; the search is over after so many looks. */
async function search(looks: readonly (readonly number[])[], most = 10) {
  const deeds: string[] = [];
  let number = 0;
  const caught = await catchDriver({
    driving: async () => looks[Math.min((number += 1), looks.length) - 1] ?? [],
    freeze: (pid) => void deeds.push(`freeze ${pid}`),
    thaw: (pid) => void deeds.push(`thaw ${pid}`),
    isOver: () => number >= most,
  });
  return { caught, deeds };
}

test('whoever drives stands still, and still drives', async () => {
  expect(await search([[], [], [7, 8], [7, 8]])).toEqual({ caught: 7, deeds: ['freeze 7'] });
});

test('whoever had finished goes on, and another moment is waited for', async () => {
  expect(await search([[7], [8], [8], [8]])).toEqual({
    caught: 8,
    deeds: ['freeze 7', 'thaw 7', 'freeze 8'],
  });
});

test('when nobody drives, the search ends', async () => {
  expect(await search([[]])).toEqual({ caught: undefined, deeds: [] });
  expect(await search([[7], []], 2)).toEqual({ caught: undefined, deeds: ['freeze 7', 'thaw 7'] });
});
