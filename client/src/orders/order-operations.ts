import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const orderFragments = /* GraphQL */ `
  fragment OrderFields on Order {
    id
    number
    status
    version
    email
    createdAt
    updatedAt
    cancellable
    returnable
    returnableUntil
    return {
      status
    }
    availableTransitions
    payment {
      id
      status
      amount {
        ...MoneyFields
      }
      capturedAmount {
        ...MoneyFields
      }
      refundedAmount {
        ...MoneyFields
      }
      declineReason
      challenge {
        id
        url
      }
      refunds {
        id
        reason
        status
        createdAt
        amount {
          ...MoneyFields
        }
      }
      updatedAt
    }
    shipments {
      id
      direction
      status
      carrier
      trackingNumber
      eta
      events {
        id
        at
        place
        message
      }
    }
    subtotal {
      ...MoneyFields
    }
    shippingPrice {
      ...MoneyFields
    }
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
        ...OrderFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const returnOrderDocument = graphql(`
  mutation ReturnOrder($input: ReturnOrderInput!) {
    returnOrder(input: $input) {
      order {
        ...OrderFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);
