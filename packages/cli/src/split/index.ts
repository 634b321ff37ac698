export { startSplitShop, type SplitShopOptions } from './start-split-shop.js';
export type { ProcessPlan, SplitHooks } from './serve-split.js';
export { type Supervised, supervise } from './supervise.js';
export { untilReady } from '../launch/until-ready.js';
export type { Shop } from '../launch/start-shop.js';
export { services } from '../services/index.js';
