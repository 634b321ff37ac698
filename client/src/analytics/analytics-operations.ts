import { graphql } from '@/__generated__/gql.js';

export const reportsDocument = graphql(`
  query Reports($from: Date!, $to: Date!, $beforeFrom: Date!, $beforeTo: Date!) {
    salesByDay(from: $from, to: $to) {
      day
      currency
      orders
      units
      gross {
        amountMinor
        currency
      }
      net {
        amountMinor
        currency
      }
    }
    before: salesByDay(from: $beforeFrom, to: $beforeTo) {
      day
      currency
      orders
      units
      gross {
        amountMinor
        currency
      }
      net {
        amountMinor
        currency
      }
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
        amountMinor
        currency
      }
    }
  }
`);
