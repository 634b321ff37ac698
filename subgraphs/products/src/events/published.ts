import { type PayloadOf, defineEvents } from '@souk/kit/events';
import { z } from 'zod';

const product = z.object({
  productId: z.string().describe('The product.'),
  slug: z.string().describe('Its name in addresses.'),
  name: z.string().describe('What it is called.'),
  brand: z.string().describe('Who makes it.'),
  categorySlug: z.string().describe('The category it stands in.'),
  published: z.boolean().describe('Whether shoppers see it.'),
  lowestPriceMinor: z.number().int().describe('The lowest price among its variants, in minor units.'),
  variantIds: z.array(z.string()).describe('All its variants, in their order.'),
});

/** What products tells the others. Every event's aggregate is the product, its version the product's. */
export const published = defineEvents('products', {
  'product.created': { description: 'A product was made; nobody but staff sees it yet.', payload: product },
  'product.updated': {
    description: 'A product was changed; the payload is its new state.',
    payload: product,
  },
  'product.published': { description: 'Shoppers see a product from now on.', payload: product },
  'product.unpublished': { description: 'Shoppers do not see a product any more.', payload: product },
  'variant.price-changed': {
    description: 'A variant costs something else from now on. Orders that were placed keep their price.',
    payload: z.object({
      productId: z.string().describe('The product that the variant is of.'),
      variantId: z.string().describe('The variant.'),
      priceMinor: z.number().int().describe('What it costs now, in minor units.'),
      formerPriceMinor: z.number().int().describe('What it cost before, in minor units.'),
    }),
  },
});

/** The types of events that products publishes. */
export type ProductEventType = keyof (typeof published)['definitions'];

/** What an event says about a product. */
export type ProductPayload = PayloadOf<typeof published, 'product.updated'>;
