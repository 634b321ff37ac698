import { LIST } from './operations.mjs';

const WORDS = 200;
const PAGE = 100;

/** What to ask for: up to 100 products of each leaf category, their slugs and variants, words of their names. */
export async function readCatalogue(shop) {
  const { categories } = await shop.ask('{ categories { slug children { slug } } }');
  const leaves = categories.flatMap(({ children }) => children.map(({ slug }) => slug));
  const products = [];
  for (const slug of leaves) {
    const { products: page } = await shop.ask(
      'query ($filter: ProductFilter, $first: Int) { products(first: $first, filter: $filter) { nodes { slug name brand price { amountMinor } category { name } attributes { label value } variants { id } } } }',
      { first: PAGE, filter: { categories: [slug] } },
    );
    products.push(...page.nodes);
  }
  const words = [...new Set(products.flatMap(({ name }) => name.toLowerCase().match(/[a-z]{4,}/g) ?? []))];
  return {
    leaves,
    products,
    slugs: products.map(({ slug }) => slug),
    variants: products.flatMap(({ variants }) => variants.map(({ id }) => id)),
    words: every(words, WORDS),
  };
}

/** `count` of the items, evenly spread. */
export const every = (items, count) =>
  items.length <= count
    ? items
    : Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]);

const SORTS = ['FEATURED', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME_ASC'];

/** Every list that the shop's pages link to: leaf categories, each way round. */
export const lists = ({ leaves }) =>
  leaves.flatMap((slug) =>
    SORTS.map((sort) => ({ query: LIST, variables: { filter: { categories: [slug] }, sort } })),
  );
