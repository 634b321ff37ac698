import { SHOP_CURRENCY } from '../domain/product.js';

/** Minor units as the schema shows them. */
export const money = (amountMinor: number) => ({ amountMinor, currency: SHOP_CURRENCY }) as const;
