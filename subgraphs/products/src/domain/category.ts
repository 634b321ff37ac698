/** A department, or a leaf of one. */
export interface Category {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Null for a department. */
  readonly parentSlug: string | null;
  /** Its place among its siblings. */
  readonly position: number;
}

/** All categories, and the ways to walk them. */
export interface CategoryTree {
  readonly departments: readonly Category[];
  get(slug: string): Category | undefined;
  childrenOf(slug: string): readonly Category[];
  /** The leaves a filter for `slug` means: the leaf itself, or all of a department's. Empty for an unknown slug. */
  leavesOf(slug: string): readonly Category[];
}

/** @example const tree = createCategoryTree(await store.categories.all()); */
export function createCategoryTree(rows: readonly Category[]): CategoryTree {
  const sorted = [...rows].sort((a, b) => a.position - b.position);
  const bySlug = new Map(sorted.map((category) => [category.slug, category]));
  const children = new Map<string, Category[]>();
  for (const category of sorted) {
    if (category.parentSlug === null) continue;
    children.set(category.parentSlug, [...(children.get(category.parentSlug) ?? []), category]);
  }
  const childrenOf = (slug: string): readonly Category[] => children.get(slug) ?? [];
  return {
    departments: sorted.filter(({ parentSlug }) => parentSlug === null),
    get: (slug) => bySlug.get(slug),
    childrenOf,
    leavesOf(slug) {
      const category = bySlug.get(slug);
      if (!category) return [];
      return category.parentSlug === null ? childrenOf(slug) : [category];
    },
  };
}
