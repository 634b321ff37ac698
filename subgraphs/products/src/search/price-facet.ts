import { SHOP_CURRENCY } from '../domain/product.js';
import type { Facet, FacetSource } from './facets.js';
import { nthSmallest } from './nth-smallest.js';

/** About so many bars. */
const BUCKETS = 10;
/** One in twenty is dearer than the last bar begins, so that one yacht does not flatten the histogram. */
const OUTLIERS = 0.05;

const formats = new Intl.NumberFormat('en-IE', {
  style: 'currency',
  currency: SHOP_CURRENCY,
  maximumFractionDigits: 0,
});
const money = (minor: number): string => formats.format(minor / 100);

/** A histogram in round steps over the lowest prices; the last bar is open to the top. */
export function priceFacet({ rows, filter, matches }: FacetSource): Facet {
  const prices = pricesOf(rows.price.cells(), matches.without('price'));
  const { start, step, bars } = barsFor(prices);
  const counts = new Int32Array(bars);
  for (let index = 0; index < prices.length; index += 1) {
    const bar = Math.min(bars - 1, Math.floor(((prices[index] ?? 0) - start) / step));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const bounds = Array.from(counts, (_, bar) => start + bar * step);
  const values = bounds.map((minMinor, index) => {
    const next = bounds[index + 1];
    const range = next === undefined ? { minMinor } : { minMinor, maxMinor: next - 1 };
    return {
      id: `${minMinor}-${next === undefined ? '' : next - 1}`,
      label: next === undefined ? `${money(minMinor)} and more` : `${money(minMinor)} to ${money(next)}`,
      count: counts[index] ?? 0,
      selected:
        filter.price.minMinor === minMinor &&
        filter.price.maxMinor === (range.maxMinor ?? Number.MAX_SAFE_INTEGER),
      input: { price: range },
    };
  });
  return { id: 'price', label: 'Price', type: 'PRICE_RANGE', values };
}

let room = new Int32Array(1_024);
/** Good until the next call: there is one place for all of them. */
function pricesOf(cells: Int32Array, counted: Int32Array): Int32Array {
  if (counted.length > room.length) room = new Int32Array(counted.length * 2);
  for (let place = 0; place < counted.length; place += 1) room[place] = cells[counted[place] ?? 0] ?? 0;
  return room.subarray(0, counted.length);
}

/** Where the bars begin and how wide they are. Puts `prices` into another order. */
function barsFor(prices: Int32Array): { start: number; step: number; bars: number } {
  if (prices.length === 0) return { start: 0, step: 1, bars: 0 };
  const lowest = nthSmallest(prices, 0);
  const top = nthSmallest(prices, Math.floor((prices.length - 1) * (1 - OUTLIERS)));
  const step = roundStep((top - lowest) / BUCKETS);
  const start = Math.floor(lowest / step) * step;
  return { start, step, bars: Math.floor((top - start) / step) + 1 };
}

/** 1, 2 or 5 times a power of ten, at least one whole unit of money. */
function roundStep(wanted: number): number {
  let power = 100;
  for (;;) {
    for (const factor of [1, 2, 5]) if (power * factor >= wanted) return power * factor;
    power *= 10;
  }
}
