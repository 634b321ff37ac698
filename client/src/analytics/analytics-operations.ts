import { graphql } from '@/__generated__/gql.js';

/** For the document below: codegen puts fragments in by their name. Sums may be larger than any amount. */
export const salesFragments = /* GraphQL */ `
  fragment MoneyTotalFields on MoneyTotal {
    amountMinor
    currency
  }

  fragment SalesDayFields on SalesDay {
    day
    currency
    orders
    units
    gross {
      ...MoneyTotalFields
    }
    net {
      ...MoneyTotalFields
    }
  }
`;

export const reportsDocument = graphql(`
  query Reports($from: Date!, $to: Date!, $beforeFrom: Date!, $beforeTo: Date!) {
    salesByDay(from: $from, to: $to) {
      ...SalesDayFields
    }
    before: salesByDay(from: $beforeFrom, to: $beforeTo) {
      ...SalesDayFields
    }
    averageOrderValue(from: $from, to: $to) {
      currency
      orders
      average {
        ...MoneyFields
      }
    }
    funnel(from: $from, to: $to) {
      steps {
        stage
        orders
        share
      }
      failed
      cancelled
      returned
    }
    topProducts(from: $from, to: $to, first: 10) {
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
      orders
      units
      revenue {
        ...MoneyTotalFields
      }
    }
  }
`);
