import { fillCarts } from './carts.mjs';
import { lists } from './catalogue.mjs';
import { measure, requestOf } from './measure.mjs';
import { ACTIVE_CART, ADD, DETAIL, SEARCH } from './operations.mjs';

const CARTS = 200;
/** Units that fit into a line of a cart. */
const LINE_UNITS = 99;

/** What is asked without buying anything. `shared` answers may come from the gateway's caches. */
export const pages = {
  list: { title: 'list of 20', shared: true, requests: (_shop, catalogue) => lists(catalogue) },
  search: {
    title: 'search with facets',
    shared: true,
    requests: (_shop, { words }) => words.map((query) => ({ query: SEARCH, variables: { query } })),
  },
  newSearch: {
    title: 'search with facets, never asked before',
    requests: (_shop, { words }) =>
      words.flatMap((one, number) =>
        words.map((_, step) => ({
          query: SEARCH,
          variables: { query: `${one} ${words[(number + step + 1) % words.length]}` },
        })),
      ),
  },
  detail: {
    title: 'product detail',
    shared: true,
    requests: (_shop, { slugs }) => slugs.map((slug) => ({ query: DETAIL, variables: { slug } })),
  },
  add: {
    title: 'add to a 3-line cart',
    async requests(shop, catalogue) {
      const carts = await fillCarts(shop, catalogue, { count: CARTS, lines: 3 });
      // One unit was put into each line; the next ones go in turn to each line of each cart.
      return Array.from({ length: (LINE_UNITS - 1) * 3 * CARTS }, (_, number) => {
        const { token, variants } = carts[number % CARTS];
        const variantId = variants[Math.floor(number / CARTS) % variants.length];
        return { query: ADD, variables: { input: { variantId, quantity: 1 } }, headers: cartHeader(token) };
      });
    },
  },
  cart: {
    title: 'active cart of 5 lines',
    async requests(shop, catalogue) {
      const carts = await fillCarts(shop, catalogue, { count: CARTS, lines: 5 });
      return carts.map(({ token }) => ({ query: ACTIVE_CART, variables: {}, headers: cartHeader(token) }));
    },
  },
};

const cartHeader = (token) => `x-cart-token: ${token}\r\n`;

/**
 * Measures one kind of page, several times over.
 *
 * @returns the samples of each round
 */
export async function measurePage(shop, catalogue, page, { rounds, count, warmCount, connections }) {
  const requests = (await page.requests(shop, catalogue)).map(requestOf);
  // Units may be added to a line only so often: the rounds go on where the one before ended.
  let sent = 0;
  const next = (number) => {
    const portion = Array.from({ length: number }, (_, index) => requests[(sent + index) % requests.length]);
    sent += number;
    return portion;
  };
  await measure(shop, { requests: next(warmCount), connections });
  const samples = [];
  for (let round = 1; round <= rounds; round += 1) {
    samples.push(await measure(shop, { requests: next(count), connections }));
  }
  return samples;
}
