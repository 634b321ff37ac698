import { DateTimeScalar, JsonScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { Category } from './category.js';
import { Mutation } from './mutation.js';
import { ProductSearchConnection } from './product-search-connection.js';
import { ProductVariant } from './product-variant.js';
import { Product } from './product.js';
import { Query } from './query.js';

export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  JSON: JsonScalar,
  Query,
  Mutation,
  Product,
  ProductVariant,
  Category,
  ProductSearchConnection,
};
