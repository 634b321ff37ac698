import { SHOP_CURRENCY } from '../domain/product.js';
import type { Facet, FacetSource } from './facets.js';

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
  const cells = rows.price.cells();
  const counted = new Int32Array(matches.rows.length);
  let length = 0;
  matches.eachWithout('price', (row) => {
    counted[length] = cells[row] ?? 0;
    length += 1;
  });
  const prices = counted.subarray(0, length).sort();
  const bounds = bucketStarts(prices);
  const counts = new Int32Array(bounds.length);
  let bucket = 0;
  for (const price of prices) {
    while (bucket + 1 < bounds.length && price >= (bounds[bucket + 1] ?? 0)) bucket += 1;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
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

/** @param prices ascending */
function bucketStarts(prices: Int32Array): number[] {
  const lowest = prices[0];
  if (lowest === undefined) return [];
  const top = prices[Math.floor((prices.length - 1) * (1 - OUTLIERS))] ?? lowest;
  const step = roundStep((top - lowest) / BUCKETS);
  const starts: number[] = [];
  for (let start = Math.floor(lowest / step) * step; start <= top; start += step) starts.push(start);
  return starts;
}

/** 1, 2 or 5 times a power of ten, at least one whole unit of money. */
function roundStep(wanted: number): number {
  let power = 100;
  for (;;) {
    for (const factor of [1, 2, 5]) if (power * factor >= wanted) return power * factor;
    power *= 10;
  }
}
