/** Every subgraph that publishes events. */
export const SOURCES: readonly string[] = [
  'users',
  'products',
  'inventory',
  'orders',
  'payments',
  'shipping',
];
