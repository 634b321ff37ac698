import type { Currency, DeclineCode } from '../../domain/intent.js';

/** An entry of the sandbox's books. Entries are added, never changed. */
export interface Movement {
  /** The idempotency key of the call that made it. */
  readonly key: string;
  readonly orderId: string;
  readonly kind: 'AUTHORIZE' | 'CHALLENGE' | 'CAPTURE' | 'VOID' | 'REFUND';
  /** OPEN: waits for the shopper. */
  readonly outcome: 'DONE' | 'REFUSED' | 'OPEN';
  readonly amountMinor: number;
  readonly currency: Currency;
  /** How the payment behaves; only of AUTHORIZE. */
  readonly token: string | null;
  /** What the shopper's bank knows the challenge by; only of an AUTHORIZE that is challenged. */
  readonly challengeId: string | null;
  readonly code: DeclineCode | null;
  readonly reason: string | null;
  readonly at: Date;
}

/** Where a payment stands, by its entries. */
export type Standing = 'UNKNOWN' | 'OPEN' | 'HELD' | 'DECLINED' | 'CAPTURED' | 'GONE';

export function standingOf(entries: readonly Movement[]): Standing {
  const last = (kind: Movement['kind']) => entries.find((entry) => entry.kind === kind);
  const held = last('AUTHORIZE');
  if (!held) return 'UNKNOWN';
  if (held.outcome === 'REFUSED' || last('CHALLENGE')?.outcome === 'REFUSED') return 'DECLINED';
  if (last('VOID')?.outcome === 'DONE') return 'GONE';
  const captured = last('CAPTURE');
  if (captured) return captured.outcome === 'DONE' ? 'CAPTURED' : 'GONE';
  return held.outcome === 'OPEN' && !last('CHALLENGE') ? 'OPEN' : 'HELD';
}
