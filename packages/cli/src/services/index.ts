import { inventory } from './inventory.js';
import { orders } from './orders.js';
import type { Service } from './service.js';
import { users } from './users.js';

/** Every subgraph of the shop. */
export const services: readonly Service[] = [users, inventory, orders];
