export { type RandomOperation, type RandomOperationOptions, randomOperation } from './random-operation.js';
