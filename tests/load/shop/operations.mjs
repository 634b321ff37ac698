// What a shopper's pages ask, as GraphQL over HTTP. Vendure's counterparts, field by field where it has them:
// vendure/operations.mjs.
import { readFileSync } from 'node:fs';

const MONEY = '{ amountMinor currency }';
const CARD = `id slug name brand imageUrl price ${MONEY} maxPrice ${MONEY}`;
const CART = `id itemCount subtotal ${MONEY} lines {
  id quantity unitPrice ${MONEY} total ${MONEY} variant { id title sku product { id name slug imageUrl } }
}`;

export const LIST = `query List($filter: ProductFilter, $sort: ProductSort) {
  products(first: 20, filter: $filter, sort: $sort) { totalCount nodes { ${CARD} } pageInfo { hasNextPage endCursor } }
}`;

export const SEARCH = `query Search($query: String!) {
  search(query: $query, first: 20) {
    totalCount nodes { ${CARD} } facets { id label type values { id label count selected input } }
  }
}`;

export const DETAIL = `query Detail($slug: String!) {
  product(slug: $slug) {
    ${CARD} description rating attributes { id label value } category { slug name parent { slug name } }
    variants { id sku title options { name value } price ${MONEY} stock { onHand available reserved } }
  }
}`;

export const ADD = `mutation Add($input: AddToCartInput!) { addToCart(input: $input) { cart { ${CART} } errors { code message } } }`;
export const NEW_CART = `mutation NewCart($input: AddToCartInput!) { addToCart(input: $input) { cart { token } errors { code message } } }`;

export const ACTIVE_CART = `query ActiveCart { cart { ${CART} } }`;

export const PLACE = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order { id number status version accessToken total ${MONEY} } errors { code message path }
  }
}`;

/** What the client's order page keeps open, as it is in its manifest of operations. */
export const LIVE = operationOf('OrderUpdated');

export const CANCEL = `mutation Cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { order { id } errors { code message } } }`;

function operationOf(name) {
  const file = new URL('../../../schema/operations.json', import.meta.url);
  const found = JSON.parse(readFileSync(file, 'utf8')).operations.find(
    (operation) => operation.name === name,
  );
  if (!found) throw new Error(`The client has no operation ${name}. Run \`npm run codegen\`.`);
  return found.body;
}
