import { describe, expect, it } from 'vitest';
import type { PlanStore } from './plan-store.js';

/** A place for plans in which several processes can open stores. */
export interface PlanStorePlace {
  /** @param limit most plans kept. @default enough */
  open(supergraphSdl: string, limit?: number): PlanStore;
  /** Writes nonsense over everything that is kept. */
  spoil(): Promise<void>;
}

export const planNamed = (name: string) => ({ kind: 'QueryPlan' as const, name });

/** What every `PlanStore` does. */
export function describePlanStoreContract(name: string, placeFor: () => Promise<PlanStorePlace>): void {
  describe(name, () => {
    it('gives the next process what this one planned, for the same supergraph only', async () => {
      const { open } = await placeFor();
      const first = open('sdl');
      expect(await first.get('a')).toBeUndefined();
      first.set('a', planNamed('a'));
      first.set('b', planNamed('b'));
      await first.flush();
      const next = open('sdl');
      expect([await next.get('a'), await next.get('b')]).toEqual([planNamed('a'), planNamed('b')]);
      expect(await next.get('c')).toBeUndefined();
      expect(await open('another sdl').get('a')).toBeUndefined();
    });

    it('replaces a plan', async () => {
      const { open } = await placeFor();
      const store = open('sdl');
      store.set('a', planNamed('old'));
      await store.flush();
      store.set('a', planNamed('new'));
      await store.flush();
      expect(await open('sdl').get('a')).toEqual(planNamed('new'));
    });

    it('keeps as many as it may, the last one among them, and mixes none up', async () => {
      const { open } = await placeFor();
      const store = open('sdl', 2);
      const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
      for (const key of keys) store.set(key, planNamed(key));
      await store.flush();
      const again = open('sdl', 2);
      const found = await Promise.all(keys.map(async (key) => again.get(key)));
      expect(found.filter(Boolean).length).toBeLessThanOrEqual(2);
      expect(found.at(-1)).toEqual(planNamed('key 19'));
      for (const [index, plan] of found.entries()) {
        if (plan) expect(plan).toEqual(planNamed(`key ${index}`));
      }
    });

    it('takes nonsense for nothing, and writes it anew', async () => {
      const { open, spoil } = await placeFor();
      const store = open('sdl');
      store.set('a', planNamed('a'));
      await store.flush();
      await spoil();
      const spoilt = open('sdl');
      expect(await spoilt.get('a')).toBeUndefined();
      spoilt.set('a', planNamed('again'));
      await spoilt.flush();
      expect(await open('sdl').get('a')).toEqual(planNamed('again'));
    });
  });
}
