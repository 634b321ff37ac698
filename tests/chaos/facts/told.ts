import type { Way } from '../buyers/live/subscriber.js';
import type { Line, Stock } from './facts.js';

/** Something that somebody outside was told, or was not. */
export type Told = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who was told. */
  readonly who: string;
} & News;

export type News =
  /** `placeOrder` answered with an order. */
  | {
      readonly kind: 'placed';
      readonly key: string;
      readonly orderId: string;
      readonly number: string;
      readonly status: string;
      readonly totalMinor: number;
      readonly lines: readonly Line[];
    }
  /** `placeOrder` answered with a refusal, which is final for the key. */
  | { readonly kind: 'refused'; readonly key: string; readonly code: string }
  | { readonly kind: 'cancelled'; readonly orderId: string }
  | { readonly kind: 'returned'; readonly orderId: string }
  /** Staff are about to ask that a part is given back. No word follows for one that is refused, or not answered. */
  | {
      readonly kind: 'refund-asked';
      readonly orderId: string;
      readonly key: string;
      readonly amountMinor: number;
    }
  | {
      readonly kind: 'refunded';
      readonly orderId: string;
      readonly key: string;
      readonly amountMinor: number;
    }
  | { readonly kind: 'adjusted'; readonly key: string; readonly variantId: string; readonly delta: number }
  /** Somebody opened an order's page, and keeps it open. */
  | { readonly kind: 'watching'; readonly orderId: string; readonly way: Way }
  /** A subscription pushed a state. */
  | {
      readonly kind: 'pushed';
      readonly orderId: string;
      readonly status: string;
      readonly version: number;
      readonly way: Way;
    }
  /** Somebody opened a page that shows the stock of some variants, and keeps it open. */
  | { readonly kind: 'watching-stock'; readonly variantIds: readonly string[]; readonly way: Way }
  /** A subscription pushed what of a variant there is. */
  | { readonly kind: 'stock-pushed'; readonly variantId: string; readonly stock: Stock; readonly way: Way }
  /** There was no answer, or an error: it may have been done or not. */
  | { readonly kind: 'unanswered'; readonly what: string; readonly key: string; readonly reason: string };

/** What everybody was told, as it came. */
export interface Diary {
  note(who: string, news: News): void;
  entries(): readonly Told[];
}

/** @example const diary = createDiary(Date.now); diary.note('buyer 1', { kind: 'cancelled', orderId }); */
export function createDiary(now: () => number): Diary {
  const entries: Told[] = [];
  return {
    note: (who, news) => void entries.push({ at: now(), who, ...news }),
    entries: () => entries,
  };
}

/** Entries of one kind. */
export const ofKind = <Kind extends News['kind']>(
  told: readonly Told[],
  kind: Kind,
): Extract<Told, { kind: Kind }>[] =>
  told.filter((one): one is Extract<Told, { kind: Kind }> => one.kind === kind);
