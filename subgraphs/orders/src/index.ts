export { createApp, type OrdersDeps } from './app.js';
export { prepare } from './prepare.js';
export type { Peers } from './store/catalogue.js';
