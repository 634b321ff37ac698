export { catalogue, catalogueVariants, categories, departments, stockFor } from './catalogue/index.js';
export { DEFAULT_SEED, DEMO_CURRENCY } from './catalogue/index.js';
export type {
  CatalogueOptions,
  DemoAttribute,
  DemoCategory,
  DemoOption,
  DemoProduct,
  DemoVariant,
} from './catalogue/index.js';
export { DEMO_PASSWORD, customers, demoAccounts } from './people/index.js';
export type { DemoAddress, DemoPerson, DemoRole } from './people/index.js';
export { orderHistory } from './orders/index.js';
export type {
  DemoOrder,
  DemoOrderEvent,
  DemoOrderLine,
  DemoOrderStatus,
  OrderHistoryOptions,
} from './orders/index.js';
export { categoryArt, productArt, type ArtSubject } from './art/index.js';
