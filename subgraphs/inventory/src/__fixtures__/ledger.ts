import type { RecordedEvent } from '@souk/kit/events';
import type { z } from 'zod';
import { moved } from '../domain/movement.js';
import type { Stock } from '../domain/stock.js';
import { PUBLISHED } from '../events/published.js';

type Change = z.infer<(typeof PUBLISHED)['stock.changed']> & { readonly version: number };

/** The turns that an order's units of a variant may take. */
const LIFE = /^held( released| committed( restocked)?)?$/;

/**
 * Reads the ledger as anybody can: from the published events alone.
 *
 * @throws Error unless at every recorded instant the books balance, no number is negative, each change is what its
 * movements add up to, and no order's units move twice
 */
export function checkLedger(events: readonly RecordedEvent[]): void {
  for (const [variantId, changes] of changesByVariant(events)) {
    const lives = new Map<string, string>();
    let before: Stock | undefined;
    for (const { movements, ...now } of changes) {
      const told = JSON.stringify([now.onHand, now.available, now.reserved]);
      if (now.onHand !== now.available + now.reserved)
        throw new Error(`${variantId} does not balance: ${told}`);
      if (before) {
        const { onHand, available, reserved } = movements.reduce(moved, before);
        const expected = JSON.stringify([onHand, available, reserved]);
        if (expected !== told) throw new Error(`${variantId} is ${told}, but its movements say ${expected}.`);
      }
      before = now;
      for (const movement of movements) {
        if (!('orderId' in movement)) continue;
        const life = [lives.get(movement.orderId), movement.kind].filter(Boolean).join(' ');
        if (!LIFE.test(life)) throw new Error(`Units of ${variantId} for ${movement.orderId} were ${life}.`);
        lives.set(movement.orderId, life);
      }
    }
  }
}

function changesByVariant(events: readonly RecordedEvent[]): Map<string, Change[]> {
  const byVariant = new Map<string, Change[]>();
  for (const { type, payload, version } of events) {
    if (type !== 'stock.changed') continue;
    const change = { ...PUBLISHED['stock.changed'].parse(payload), version };
    byVariant.set(change.variantId, [...(byVariant.get(change.variantId) ?? []), change]);
  }
  for (const changes of byVariant.values()) changes.sort((a, b) => a.version - b.version);
  return byVariant;
}
