export { brands, type DemoBrand } from './brands.js';
export { catalogue, catalogueVariants } from './catalogue.js';
export { categories } from './categories.js';
export {
  DEFAULT_SEED,
  DEMO_CURRENCY,
  type CatalogueOptions,
  type DemoAttribute,
  type DemoOption,
  type DemoProduct,
  type DemoVariant,
} from './product.js';
export { stockFor } from './stock.js';
export { weightFor } from './weight.js';
export { departments } from '../taxonomy/index.js';
export type {
  AttributeSchema,
  DemoCategory,
  Department,
  LeafCategory,
  VariantAxis,
} from '../taxonomy/types.js';
