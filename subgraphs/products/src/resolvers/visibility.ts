import { type Viewer, isInternal } from '@souk/kit/auth';
import type { Product } from '../domain/product.js';

/** Shoppers see published products only; staff and other services see all. */
export const visible = (product: Product | null, viewer: Viewer): Product | null =>
  product && (product.published || isInternal(viewer)) ? product : null;
