import { graphql } from '@/__generated__/gql.js';

export const stockChangedDocument = graphql(`
  subscription StockChanged($variantIds: [ID!]!) {
    stockChanged(variantIds: $variantIds) {
      id
      stock {
        available
      }
    }
  }
`);

export const productDocument = graphql(`
  query Product($slug: String!) {
    product(slug: $slug) {
      ...ProductCard
      description
      attributes {
        id
        label
        value
      }
      category {
        id
        slug
        name
        parent {
          id
          slug
          name
        }
      }
      variants {
        id
        sku
        title
        options {
          name
          value
        }
        price {
          ...MoneyFields
        }
        stock {
          available
        }
      }
    }
  }
`);
