import { graphql } from '@/__generated__/gql.js';

/* GraphQL */ `
  fragment OrderCore on Order {
    id
    number
    status
    version
    email
    createdAt
    updatedAt
    cancellable
    availableTransitions
    total {
      ...MoneyFields
    }
    shippingAddress {
      name
      line1
      line2
      city
      postalCode
      country
    }
    timeline {
      id
      at
      type
      message
    }
    lines {
      id
      quantity
      unitPrice {
        ...MoneyFields
      }
      total {
        ...MoneyFields
      }
      variant {
        id
      }
    }
  }

  fragment OrderFields on Order {
    ...OrderCore
    payment {
      id
      status
    }
    lines {
      id
      variant {
        id
        title
        product {
          id
          slug
          name
          imageUrl
        }
      }
    }
  }

  fragment OrderSummary on Order {
    id
    number
    status
    version
    createdAt
    total {
      ...MoneyFields
    }
    lines {
      id
      quantity
      variant {
        id
        product {
          id
          name
          imageUrl
        }
      }
    }
  }
`;

export const orderDocument = graphql(`
  query Order($id: ID!, $accessToken: String) {
    order(id: $id, accessToken: $accessToken) {
      ...OrderFields
    }
  }
`);

/** What orders alone knows, for when another part of the shop does not answer. */
export const orderCoreDocument = graphql(`
  query OrderCore($id: ID!, $accessToken: String) {
    order(id: $id, accessToken: $accessToken) {
      ...OrderCore
    }
  }
`);

export const orderUpdatedDocument = graphql(`
  subscription OrderUpdated($id: ID!, $accessToken: String) {
    orderUpdated(id: $id, accessToken: $accessToken) {
      ...OrderFields
    }
  }
`);

export const ordersDocument = graphql(`
  query Orders($first: Int!, $after: String) {
    orders(first: $first, after: $after) {
      totalCount
      nodes {
        ...OrderSummary
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const cancelOrderDocument = graphql(`
  mutation CancelOrder($input: CancelOrderInput!) {
    cancelOrder(input: $input) {
      order {
        ...OrderCore
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);
