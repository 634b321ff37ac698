import { demoId } from '../random/ids.js';
import { hashText } from '../random/hash.js';
import { departments } from '../taxonomy/index.js';
import type { DemoCategory } from '../taxonomy/types.js';

const idOf = (slug: string): string => demoId('cat', 0, hashText(slug));

/** Departments and leaves as flat rows, every department before its leaves. */
export const categories: readonly DemoCategory[] = departments.flatMap((department, place) => [
  {
    id: idOf(department.slug),
    slug: department.slug,
    name: department.name,
    description: department.description,
    parentSlug: null,
    position: place,
  },
  ...department.leaves.map((leaf, position) => ({
    id: idOf(leaf.slug),
    slug: leaf.slug,
    name: leaf.name,
    description: leaf.description,
    parentSlug: department.slug,
    position,
  })),
]);
