// The same pages as ../operations.mjs asks for, in Vendure's words.

const CARD = `productId slug productName productAsset { preview } currencyCode
  priceWithTax { ... on PriceRange { min max } ... on SinglePrice { value } }`;
const ORDER = `id code totalQuantity subTotalWithTax currencyCode lines {
  id quantity unitPriceWithTax linePriceWithTax
  productVariant { id name sku product { id name slug featuredAsset { preview } } }
}`;

export const LIST = `query List($input: SearchInput!) { search(input: $input) { totalItems items { ${CARD} } } }`;

export const SEARCH = `query Search($input: SearchInput!) {
  search(input: $input) {
    totalItems items { ${CARD} } facetValues { count facetValue { id name code facet { id name code } } }
  }
}`;

export const DETAIL = `query Detail($slug: String!) {
  product(slug: $slug) {
    id slug name description featuredAsset { preview } facetValues { id name facet { id name } }
    collections { id slug name }
    variants { id sku name currencyCode priceWithTax stockLevel options { name group { name } } }
  }
}`;

export const ADD = `mutation Add($id: ID!) {
  addItemToOrder(productVariantId: $id, quantity: 1) { ... on Order { ${ORDER} } ... on ErrorResult { errorCode message } }
}`;

export const ACTIVE_CART = `query ActiveCart { activeOrder { ${ORDER} } }`;
