import { requireRole } from '@souk/kit/auth';
import type { MutationResolvers } from '../__generated__/resolvers-types.js';
import { createProduct } from '../commands/create-product.js';
import type { Outcome } from '../commands/outcome.js';
import { publishProduct } from '../commands/publish-product.js';
import { setVariantPrice } from '../commands/set-variant-price.js';
import { updateProduct } from '../commands/update-product.js';

export const Mutation: MutationResolvers = {
  async createProduct(_parent, { input }, context) {
    requireRole(context.viewer, 'STAFF');
    return productPayload(await createProduct(context.commands, input, context));
  },
  async updateProduct(_parent, { input }, context) {
    requireRole(context.viewer, 'STAFF');
    return productPayload(await updateProduct(context.commands, input, context));
  },
  async publishProduct(_parent, { input }, context) {
    requireRole(context.viewer, 'STAFF');
    const published = input.published ?? true;
    return productPayload(await publishProduct(context.commands, { id: input.id, published }, context));
  },
  async setVariantPrice(_parent, { input }, context) {
    requireRole(context.viewer, 'STAFF');
    const outcome = await setVariantPrice(context.commands, input, context);
    if ('refusals' in outcome) return { variant: null, errors: outcome.refusals };
    const { product } = outcome;
    const variant = product.variants.find(({ id }) => id === input.variantId);
    return { variant: variant ? { variant, product } : null, errors: [] };
  },
};

const productPayload = (outcome: Outcome) =>
  'refusals' in outcome
    ? { product: null, errors: outcome.refusals }
    : { product: outcome.product, errors: [] };
