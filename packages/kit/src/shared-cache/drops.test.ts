import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDrops, type Drops } from './drops.js';

describe('drops', () => {
  let sent: (readonly string[])[];
  let isUp: boolean;
  let losses: number;
  let drops: Drops;
  beforeEach(() => {
    [sent, isUp, losses] = [[], true, 0];
    drops = createDrops({
      async send(tags) {
        sent.push(tags);
        return isUp;
      },
      onLost: () => (losses += 1),
      retryMs: 60_000,
      most: 1_000,
    });
  });
  afterEach(() => drops.stop());

  it('are sent once each while all goes well', async () => {
    drops.add(['a', 'b']);
    drops.add(['a']);
    expect(await drops.settled()).toBe(true);
    drops.retry();
    expect(sent).toEqual([['a', 'b'], ['a']]);
  });

  it('that failed are unfinished, whatever is done afterwards, until they are done as well', async () => {
    isUp = false;
    drops.add(['a', 'b']);
    drops.add(['a']);
    expect(await drops.settled()).toBe(false);
    drops.retry();
    expect(await drops.settled()).toBe(false);
    isUp = true;
    drops.add(['c']);
    expect(await drops.settled()).toBe(false);
    drops.retry();
    expect(await drops.settled()).toBe(true);
    expect(sent).toEqual([['a', 'b'], ['a'], ['a', 'b'], ['c'], ['a', 'b']]);
  });

  it('are sent again in pieces, and after a while by themselves', async () => {
    drops.stop();
    drops = createDrops({
      async send(tags) {
        sent.push(tags);
        return isUp;
      },
      onLost: () => (losses += 1),
      retryMs: 1,
    });
    isUp = false;
    drops.add(Array.from({ length: 501 }, (_, index) => `T:${index}`));
    await drops.settled();
    isUp = true;
    await expect.poll(() => sent.map(({ length }) => length)).toEqual([501, 500, 1]);
    expect(await drops.settled()).toBe(true);
  });

  it('that are too many are given up, which is said, and counts as unfinished for who asked before', async () => {
    isUp = false;
    drops.add(Array.from({ length: 1_000 }, (_, index) => `T:${index}`));
    expect([await drops.settled(), losses]).toEqual([false, 0]);
    drops.add(['one more']);
    expect([await drops.settled(), losses]).toEqual([false, 1]);
    expect(await drops.settled()).toBe(true);
  });
});
