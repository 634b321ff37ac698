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
