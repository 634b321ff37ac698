import { expect, test } from 'vitest';
import { createSteps } from '../console/steps.js';
import type { Ground } from '../launch/start-shop.js';
import { fillData } from './fill-data.js';

test('a start that was given up before fills in nothing', async () => {
  const said: string[] = [];
  // Nothing else of it is read before that.
  const ground = {
    config: {},
    steps: createSteps((line) => said.push(line)),
    signal: AbortSignal.abort(new Error('given up')),
  } as unknown as Ground;
  await expect(fillData(ground, { postgres: '', mongo: '' })).rejects.toThrow('given up');
  // A process for it would have had something to say.
  expect(said).toEqual([]);
});
