import { type Facet, type FacetSource, topValues } from './facets.js';
import { MATCH, NO_MATCH } from './matching.js';
import type { Rows } from './rows.js';

/** An attribute is offered if at least this share of the results has it: in one leaf, all of its attributes. */
const COVERAGE = 0.5;
const MOST_FACETS = 8;

/** Facets of the attributes that the results have in common, and of those that are filtered by. */
export function attributeFacets(source: FacetSource): Facet[] {
  const { rows, filter, matches } = source;
  const coverage = coverageOf(source);
  const selected = [...filter.attributes.keys()]
    .map((id) => rows.attributes.find(id))
    .filter((number) => number >= 0);
  const common = [...coverage.keys()]
    .filter((number) => (coverage[number] ?? 0) > 0 && (coverage[number] ?? 0) >= matches.count * COVERAGE)
    .sort((a, b) => (coverage[b] ?? 0) - (coverage[a] ?? 0) || a - b);
  const shown = [...new Set([...selected, ...common])].slice(0, Math.max(MOST_FACETS, selected.length));
  return shown.length === 0 ? [] : countValues(source, shown);
}

/** How many results have each attribute. */
function coverageOf({ rows, matches }: FacetSource): Int32Array {
  const answering = matches.answering();
  const sets = rows.attributeSet.cells();
  const perSet = new Int32Array(rows.attributeSets.length);
  for (let place = 0; place < answering.length; place += 1) {
    const set = sets[answering[place] ?? 0] ?? 0;
    perSet[set] = (perSet[set] ?? 0) + 1;
  }
  const coverage = new Int32Array(rows.attributes.size);
  perSet.forEach((count, set) => {
    if (count === 0) return;
    for (const attribute of rows.attributeSets[set] ?? [])
      coverage[attribute] = (coverage[attribute] ?? 0) + count;
  });
  return coverage;
}

function countValues({ rows, filter, matches }: FacetSource, shown: readonly number[]): Facet[] {
  const { rows: candidates, verdicts } = matches;
  const [starts, values, attributeOf] = cellsOf(rows);
  const ids = shown.map((attribute) => rows.attributes.text(attribute));
  const place = new Int32Array(rows.attributes.size).fill(-1);
  shown.forEach((attribute, index) => (place[attribute] = index));
  /** By the attribute's number: the verdict of rows that its facet counts beside the matching ones. */
  const failing = new Int32Array(rows.attributes.size).fill(MATCH);
  shown.forEach(
    (attribute, index) => (failing[attribute] = matches.failing(`attribute.${ids[index] ?? ''}`)),
  );
  const counts = new Int32Array(rows.attributeValues.size);
  const sets = rows.attributeSet.cells();
  const isShown = rows.attributeSets.map((attributes) => attributes.some((each) => (place[each] ?? -1) >= 0));
  for (let place = 0; place < candidates.length; place += 1) {
    const verdict = verdicts[place];
    if (verdict === NO_MATCH) continue;
    const row = candidates[place] ?? 0;
    if (isShown[sets[row] ?? 0] !== true) continue;
    const end = starts[row + 1] ?? 0;
    for (let index = starts[row] ?? 0; index < end; index += 1) {
      const value = values[index] ?? 0;
      if (verdict === MATCH || verdict === failing[attributeOf[value] ?? 0])
        counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  const facets = shown.map((attribute, index) => ({
    id: `attribute.${ids[index] ?? ''}`,
    label: rows.label(attribute),
    type: 'LIST' as const,
    values: [] as Facet['values'][number][],
  }));
  counts.forEach((count, number) => {
    const index = place[attributeOf[number] ?? 0] ?? -1;
    const id = ids[index];
    if (id === undefined || (count === 0 && !filter.attributes.has(id))) return;
    const value = rows.attributeValues.text(number).slice(id.length + 1);
    const selected = filter.attributes.get(id)?.includes(value) ?? false;
    const input = { attributes: [{ id, values: [value] }] };
    facets[index]?.values.push({ id: value, label: value, count, selected, input });
  });
  return facets.map((facet) => ({ ...facet, values: topValues(facet.values) }));
}

const cellsOf = (rows: Rows): [starts: Int32Array, values: Int32Array, attributeOf: Int32Array] => [
  rows.valueStart.cells(),
  rows.values.cells(),
  rows.attributeOfValue.cells(),
];
