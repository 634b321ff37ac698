import { returnsEnvironment } from '@souk/orders/return-settings';
import { providerEnvironment } from '@souk/payments/provider-settings';
import { carrierEnvironment } from '@souk/shipping/carrier-settings';
import type { Service } from './service.js';

/** Every subgraph of the shop: the one place that names them all. */
export const services: readonly Service[] = [
  {
    name: 'users',
    database: 'postgres',
    program: '@souk/users/main',
    routes: ['/.well-known/jwks.json'],
    load: () => import('@souk/users'),
  },
  {
    name: 'products',
    database: 'mongo',
    program: '@souk/products/main',
    routes: ['/img/'],
    load: () => import('@souk/products'),
  },
  {
    name: 'inventory',
    database: 'mongo',
    program: '@souk/inventory/main',
    load: () => import('@souk/inventory'),
  },
  {
    name: 'orders',
    database: 'postgres',
    program: '@souk/orders/main',
    environment: returnsEnvironment,
    load: () => import('@souk/orders'),
  },
  {
    name: 'payments',
    database: 'postgres',
    program: '@souk/payments/main',
    routes: ['POST /payments/challenge/', 'POST /webhooks/payments'],
    environment: providerEnvironment,
    load: () => import('@souk/payments'),
  },
  {
    name: 'shipping',
    database: 'postgres',
    program: '@souk/shipping/main',
    routes: ['POST /webhooks/carrier'],
    environment: carrierEnvironment,
    load: () => import('@souk/shipping'),
  },
  {
    name: 'analytics',
    database: 'postgres',
    program: '@souk/analytics/main',
    load: () => import('@souk/analytics'),
  },
];
