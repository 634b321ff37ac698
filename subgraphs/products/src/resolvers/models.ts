import type { Category } from '../domain/category.js';
import type { Product, Variant } from '../domain/product.js';
import type { Facet } from '../search/facets.js';

/** A category as the tree knows it. */
export type CategoryModel = Category;

/** A product as the store has it. */
export type ProductModel = Product;

/** A variant with the product it is inside of. */
export interface VariantModel {
  readonly variant: Variant;
  readonly product: Product;
}

/** A page of a list. */
export interface ProductPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Product }[];
  readonly nodes: readonly Product[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

/** A page of search results; facets are counted, and words put right, only for those who ask. */
export interface SearchConnectionModel extends ProductPage {
  readonly facets: () => readonly Facet[];
  readonly didYouMean: () => string | null;
}
