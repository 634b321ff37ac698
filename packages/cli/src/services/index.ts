import type { Service } from './service.js';
import { users } from './users.js';

/** Every subgraph of the shop. */
export const services: readonly Service[] = [users];
