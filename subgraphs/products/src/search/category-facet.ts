import { type Facet, type FacetSource, topValues } from './facets.js';

/** Departments; once the filter is in a department, that department's leaves. */
export function categoryFacet({ rows, tree, filter, matches }: FacetSource): Facet {
  const counts = new Map<string, number>();
  const perNumber = new Int32Array(rows.categories.size);
  const categories = rows.category.cells();
  const counted = matches.without('category');
  for (let place = 0; place < counted.length; place += 1) {
    const category = categories[counted[place] ?? 0] ?? 0;
    perNumber[category] = (perNumber[category] ?? 0) + 1;
  }
  perNumber.forEach((count, number) => {
    const leaf = tree.get(rows.categories.text(number));
    if (!leaf) return;
    counts.set(leaf.slug, count);
    if (leaf.parentSlug !== null) counts.set(leaf.parentSlug, (counts.get(leaf.parentSlug) ?? 0) + count);
  });
  const selected = new Set(filter.categories);
  const open = new Set(filter.categories.map((slug) => tree.get(slug)?.parentSlug ?? slug));
  const shown = tree.departments.flatMap((department) =>
    open.has(department.slug)
      ? [...(selected.has(department.slug) ? [department] : []), ...tree.childrenOf(department.slug)]
      : open.size === 0
        ? [department]
        : [],
  );
  const values = shown.map(({ slug, name }) => ({
    id: slug,
    label: name,
    count: counts.get(slug) ?? 0,
    selected: selected.has(slug),
    input: { categories: [slug] },
  }));
  return { id: 'category', label: 'Category', type: 'LIST', values: topValues(values) };
}
