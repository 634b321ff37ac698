import { type Facet, type FacetSource, topValues } from './facets.js';

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
  const coverage = new Int32Array(rows.attributes.size);
  const lastRow = new Int32Array(rows.attributes.size).fill(-1);
  for (let row = 0; row < rows.count; row += 1) {
    if (!matches.has(row)) continue;
    const end = rows.valueStart.at(row + 1);
    for (let index = rows.valueStart.at(row); index < end; index += 1) {
      const attribute = rows.attributeOfValue.at(rows.values.at(index));
      if (lastRow[attribute] === row) continue;
      lastRow[attribute] = row;
      coverage[attribute] = (coverage[attribute] ?? 0) + 1;
    }
  }
  return coverage;
}

function countValues({ rows, filter, matches }: FacetSource, shown: readonly number[]): Facet[] {
  const ids = shown.map((attribute) => rows.attributes.text(attribute));
  const dimensions = ids.map((id) => `attribute.${id}`);
  const place = new Int32Array(rows.attributes.size).fill(-1);
  shown.forEach((attribute, index) => (place[attribute] = index));
  const tests = dimensions.map((dimension) => matches.without(dimension));
  const counts = new Int32Array(rows.attributeValues.size);
  for (let row = 0; row < rows.count; row += 1) {
    if (!matches.isNear(row)) continue;
    const end = rows.valueStart.at(row + 1);
    for (let index = rows.valueStart.at(row); index < end; index += 1) {
      const value = rows.values.at(index);
      const isCounted = tests[place[rows.attributeOfValue.at(value)] ?? -1];
      if (isCounted?.(row) === true) counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  const facets = shown.map((attribute, index) => ({
    id: dimensions[index] ?? '',
    label: rows.label(attribute),
    type: 'LIST' as const,
    values: [] as Facet['values'][number][],
  }));
  for (let number = 0; number < counts.length; number += 1) {
    const index = place[rows.attributeOfValue.at(number)];
    const id = ids[index ?? -1];
    if (index === undefined || id === undefined) continue;
    const value = rows.attributeValues.text(number).slice(id.length + 1);
    const selected = filter.attributes.get(id)?.includes(value) ?? false;
    const input = { attributes: [{ id, values: [value] }] };
    facets[index]?.values.push({ id: value, label: value, count: counts[number] ?? 0, selected, input });
  }
  return facets.map((facet) => ({ ...facet, values: topValues(facet.values) }));
}
