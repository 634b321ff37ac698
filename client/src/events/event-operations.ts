import { graphql } from '@/__generated__/gql.js';

/** For the documents below: codegen puts fragments in by their name. */
export const eventFragment = /* GraphQL */ `
  fragment EventFields on LoggedEvent {
    id
    number
    type
    source
    aggregateId
    version
    occurredAt
    correlationId
    payload
    redacted
  }
`;

export const eventLogDocument = graphql(`
  query EventLog($first: Int!, $after: String, $filter: EventLogFilter, $newestFirst: Boolean!) {
    eventLog(first: $first, after: $after, filter: $filter, newestFirst: $newestFirst) {
      nodes {
        ...EventFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const orderAsOfDocument = graphql(`
  query OrderAsOf($id: ID!, $at: DateTime!) {
    orderAsOf(id: $id, at: $at) {
      at
      stage
      total {
        ...MoneyFields
      }
      refunded {
        ...MoneyFields
      }
      lines {
        quantity
        variant {
          id
          title
          product {
            id
            name
          }
        }
      }
      stock {
        status
      }
      payment {
        status
      }
      shipment {
        status
      }
      order {
        id
        number
      }
    }
  }
`);
