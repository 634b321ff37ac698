export { eventually } from './eventually.js';
export { until } from './until.js';
