// Measures the catalogue at 100,000 products and prints a table; asserts nothing. Run it alone:
// npm run bench:catalogue -w @souk/products [-- <products>]
import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { createInProcessTransport } from '@souk/kit/events';
import { silentLogger } from '@souk/testkit/logger';
import { testMongo } from '@souk/testkit/mongo';
import { createApp, prepare, seed } from '../index.js';
import { createCatalogueIndex } from '../search/catalogue-index.js';
import { indexAlone } from './index-alone.js';
import { report, timed, times } from './measure.js';

const products = Number(process.argv[2] ?? 100_000);
await indexAlone(products, createCatalogueIndex);

const mongo = await testMongo('bench');
const deps = {
  mongo,
  events: createInProcessTransport({ logger: silentLogger }),
  logger: silentLogger,
  clock: () => new Date(),
  newId: randomUUID,
};
report('indexes prepared', await timed(() => prepare(deps)));
report(`${products} products seeded`, await timed(() => seed(deps, { products, seed: 7 })));
report('seeded again (nothing to do)', await timed(() => seed(deps, { products, seed: 7 })));
const app = await createApp(deps);
report('search index built from the store', await timed(() => app.start()));

const run = async (query: string, variables = {}, viewer: Viewer = ANONYMOUS): Promise<unknown> => {
  const { data, errors } = await app.execute({ query, variables, context: { viewer, requestId: 'bench' } });
  if (errors) throw new Error(errors[0]?.message);
  return data;
};
const CARD =
  'nodes { id name slug price { amountMinor } imageUrl category { slug } } totalCount pageInfo { endCursor }';
const FACETS = 'facets { id label type values { id label count selected input } }';
const list = `query ($f: ProductFilter, $s: ProductSort) { products(filter: $f, sort: $s) { ${CARD} } }`;
const find = `query ($q: String!, $f: ProductFilter) { search(query: $q, filter: $f) { ${CARD} ${FACETS} } }`;
const suggest =
  'query ($q: String!) { predictiveSearch(query: $q) { queries products { name imageUrl } categories { name } } }';

await times('products, featured', () => run(list));
await times('products, by price in a department', () =>
  run(list, { f: { categories: ['kitchen'] }, s: 'PRICE_ASC' }),
);
await times('search "", all facets', () => run(find, { q: '' }));
await times('search "headphones"', () => run(find, { q: 'headphones' }));
await times('search "hedphones" (typing error)', () => run(find, { q: 'hedphones' }));
await times('search "black" (a third of everything)', () => run(find, { q: 'black' }));
await times('search "blue leather boots", filtered', () =>
  run(find, {
    q: 'leather boots',
    f: { price: { maxMinor: 20_000 }, attributes: [{ id: 'colour', values: ['Tan', 'Black'] }] },
  }),
);
await times('predictiveSearch "he"', () => run(suggest, { q: 'he' }));
await times('predictiveSearch "wireless hea"', () => run(suggest, { q: 'wireless hea' }));

await app.stop();
await mongo.stop();
