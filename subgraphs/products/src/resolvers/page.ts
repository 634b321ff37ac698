import { type PageArguments, connectionOf, pageRequest } from '@souk/kit/graphql';
import { toFilter } from '../domain/filter.js';
import type { Product } from '../domain/product.js';
import type { Sort } from '../search/catalogue-index.js';
import type { Context } from './context.js';
import type { SearchConnectionModel } from './models.js';

const DEFAULT_PAGE = 24;

interface ListArguments extends PageArguments {
  readonly query?: string;
  readonly filter?: Parameters<typeof toFilter>[0];
  readonly sort?: Sort | null;
}

/** Asks the index which products, and the store what they are. */
export async function pageOfProducts(
  args: ListArguments,
  defaultSort: Sort,
  { index, loaders }: Pick<Context, 'index' | 'loaders'>,
): Promise<SearchConnectionModel> {
  const page = pageRequest(args, { first: DEFAULT_PAGE });
  const found = index().find({
    query: args.query ?? '',
    filter: toFilter(args.filter),
    sort: args.sort ?? defaultSort,
    limit: page.limit,
    after: page.after,
  });
  const hits = connectionOf(found.hits, page, ({ key }) => key);
  const products = await loaders.products.loadMany(hits.nodes.map(({ id }) => id));
  const failure = products.find((product) => product instanceof Error);
  if (failure) throw failure;
  const edges = hits.edges.flatMap(({ cursor }, place) => {
    const node = products[place];
    // Hidden a moment ago, and the index has not heard yet.
    return isShown(node) ? [{ cursor, node }] : [];
  });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { ...hits.pageInfo, hasNextPage: found.hasMore },
    totalCount: found.total,
    facets: () => found.facets(),
    didYouMean: () => found.didYouMean(args.query ?? ''),
  };
}

const isShown = (product: Product | Error | null | undefined): product is Product =>
  product !== null && product !== undefined && !(product instanceof Error) && product.published;
