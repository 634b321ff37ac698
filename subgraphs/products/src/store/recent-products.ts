import type { Product } from '../domain/product.js';
import type { ProductStore } from './products.js';

/** Ways to read products by what names them. */
export type ProductReads = Pick<ProductStore, 'byIds' | 'bySlugs' | 'byVariantIds'>;

/** Products as shoppers have just read them, in this process. */
export interface RecentProducts extends ProductReads {
  /** Takes in what has just been read elsewhere. An older version than the one it has is ignored. */
  keep(products: readonly Product[]): void;
}

/** What {@link createRecentProducts} may be told. */
export interface RecentProductsOptions {
  /** Products that are kept; those read longest ago go first. @default 20_000: about 60 MB */
  readonly most?: number;
  /** After this time a product is read again even if no event has told of a change, in milliseconds. @default 30_000 */
  readonly maxAgeMs?: number;
  /** Milliseconds that only go forwards. @default performance.now */
  readonly now?: () => number;
}

interface Kept {
  readonly product: Product;
  readonly readAt: number;
}

/**
 * Remembers what it reads. Whoever hears of a change reads the product anew and calls `keep`: versions see to it that a
 * slower read of the state before does not come back.
 *
 * @example const recent = createRecentProducts(store.products); await recent.byIds(['p1']);
 */
export function createRecentProducts(
  store: ProductReads,
  { most = 20_000, maxAgeMs = 30_000, now = () => performance.now() }: RecentProductsOptions = {},
): RecentProducts {
  const byId = new Map<string, Kept>();
  const idOfSlug = new Map<string, string>();
  const idOfVariant = new Map<string, string>();

  const forget = (id: string): void => {
    const kept = byId.get(id);
    if (!kept) return;
    byId.delete(id);
    const { slug, variants } = kept.product;
    if (idOfSlug.get(slug) === id) idOfSlug.delete(slug);
    for (const variant of variants) {
      if (idOfVariant.get(variant.id) === id) idOfVariant.delete(variant.id);
    }
  };
  const keep = (products: readonly Product[]): void => {
    const readAt = now();
    for (const product of products) {
      const { id, slug, version, variants } = product;
      if ((byId.get(id)?.product.version ?? 0) > version) continue;
      forget(id);
      byId.set(id, { product, readAt });
      idOfSlug.set(slug, id);
      for (const variant of variants) idOfVariant.set(variant.id, id);
      if (byId.size > most) forget(byId.keys().next().value ?? id);
    }
  };
  const recent = (id: string | undefined): Product | undefined => {
    const kept = id === undefined ? undefined : byId.get(id);
    if (!kept || now() - kept.readAt > maxAgeMs) return undefined;
    // To the end of the line.
    byId.delete(kept.product.id);
    byId.set(kept.product.id, kept);
    return kept.product;
  };
  const reading =
    (idOf: (name: string) => string | undefined, read: (names: readonly string[]) => Promise<Product[]>) =>
    async (names: readonly string[]): Promise<Product[]> => {
      const found = new Map<string, Product>();
      const missing: string[] = [];
      for (const name of names) {
        const product = recent(idOf(name));
        if (product) found.set(product.id, product);
        else missing.push(name);
      }
      if (missing.length === 0) return [...found.values()];
      const fresh = await read(missing);
      keep(fresh);
      for (const product of fresh) found.set(product.id, product);
      return [...found.values()];
    };

  return {
    keep,
    byIds: reading((id) => id, store.byIds),
    bySlugs: reading((slug) => idOfSlug.get(slug), store.bySlugs),
    byVariantIds: reading((id) => idOfVariant.get(id), store.byVariantIds),
  };
}
