import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const boardFragment = /* GraphQL */ `
  fragment BoardOrder on Order {
    id
    number
    status
    version
    createdAt
    updatedAt
    email
    availableTransitions
    total {
      ...MoneyFields
    }
    shippingAddress {
      name
      city
      country
    }
    lines {
      id
      quantity
    }
  }
`;

/** The same, of a row in the table of stock. */
export const stockFragment = /* GraphQL */ `
  fragment StockedVariant on ProductVariant {
    id
    stock {
      onHand
      available
      reserved
    }
    sku
    title
    product {
      id
      slug
      name
      imageUrl
    }
  }
`;

export const boardDocument = graphql(`
  query Board($status: [OrderStatus!], $query: String, $first: Int!) {
    allOrders(first: $first, statuses: $status, query: $query) {
      totalCount
      nodes {
        ...BoardOrder
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const orderFeedDocument = graphql(`
  subscription OrderFeed {
    orderFeed {
      ...BoardOrder
    }
  }
`);

export const transitionOrderDocument = graphql(`
  mutation TransitionOrder($input: TransitionOrderInput!) {
    transitionOrder(input: $input) {
      order {
        ...OrderFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const stockDocument = graphql(`
  query Stock($first: Int!, $after: String, $maxAvailable: Int) {
    stockItems(first: $first, after: $after, maxAvailable: $maxAvailable) {
      totalCount
      nodes {
        variant {
          ...StockedVariant
        }
        stock {
          onHand
          available
          reserved
        }
        updatedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const findStockDocument = graphql(`
  query FindStock($query: String!, $first: Int!) {
    variants(query: $query, first: $first) {
      ...StockedVariant
    }
  }
`);

export const adjustStockDocument = graphql(`
  mutation AdjustStock($input: AdjustStockInput!) {
    adjustStock(input: $input) {
      stock {
        available
      }
      variant {
        id
        stock {
          onHand
          available
          reserved
        }
      }
      errors {
        code
        message
        path
      }
    }
  }
`);

export const stockAsOfDocument = graphql(`
  query StockAsOf($variantId: ID!, $at: DateTime!) {
    stockAsOf(variantId: $variantId, at: $at) {
      onHand
      available
      reserved
      event {
        id
        occurredAt
      }
    }
  }
`);
