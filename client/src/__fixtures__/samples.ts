const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** A cart line of the schema, with a product of its own. */
export const cartLine = (id: string, quantity: number, priceMinor: number) => ({
  id,
  quantity,
  unitPrice: money(priceMinor),
  total: money(priceMinor * quantity),
  variant: {
    id: `variant-${id}`,
    title: 'Blue',
    product: { id: `product-${id}`, slug: `slug-${id}`, name: `Product ${id}`, imageUrl: '/img/p/1.svg' },
  },
});

/** A cart of the schema that adds up. */
export const cartOf = (...lines: ReturnType<typeof cartLine>[]) => ({
  id: 'cart-1',
  token: 'cart-token',
  itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  subtotal: money(lines.reduce((sum, { total }) => sum + total.amountMinor, 0)),
  lines,
});

/** A session of the schema. */
export const sessionOf = (name: string, expiresAt = '2100-01-01T00:00:00.000Z') => ({
  accessToken: `access-of-${name}`,
  refreshToken: `refresh-of-${name}`,
  expiresAt,
  user: { id: name, name, email: `${name}@souk.test`, roles: ['CUSTOMER'] },
});

/** An order of the schema as the board looks at it. */
export const boardOrder = (id: string, status: string, version: number) => ({
  __typename: 'Order',
  ...{ id, status, version, number: `S-${id}`, email: 'ada@souk.test', availableTransitions: [], lines: [] },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: `2026-01-01T00:00:0${version}.000Z`,
  total: { __typename: 'Money', ...money(1_000) },
  shippingAddress: { __typename: 'ShippingAddress', name: 'Ada', city: 'Berlin', country: 'DE' },
});
