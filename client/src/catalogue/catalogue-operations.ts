import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const catalogueFragments = /* GraphQL */ `
  fragment ProductCard on Product {
    id
    slug
    name
    brand
    imageUrl
    rating
    price {
      ...MoneyFields
    }
    maxPrice {
      ...MoneyFields
    }
    category {
      id
      slug
      name
    }
  }

  fragment CategoryLink on Category {
    id
    slug
    name
    imageUrl
    productCount
  }
`;

export const departmentsDocument = graphql(`
  query Departments {
    categories {
      ...CategoryLink
      description
      children {
        ...CategoryLink
      }
    }
  }
`);

export const productRowDocument = graphql(`
  query ProductRow($first: Int!, $sort: ProductSort!, $filter: ProductFilter) {
    products(first: $first, sort: $sort, filter: $filter) {
      nodes {
        ...ProductCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const categoryDocument = graphql(`
  query Category($slug: String!) {
    category(slug: $slug) {
      ...CategoryLink
      description
      parent {
        id
        slug
        name
      }
      children {
        ...CategoryLink
      }
    }
  }
`);

export const listingDocument = graphql(`
  query Listing($query: String!, $filter: ProductFilter, $sort: ProductSort, $first: Int!) {
    search(query: $query, filter: $filter, sort: $sort, first: $first) {
      totalCount
      didYouMean
      nodes {
        ...ProductCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      facets {
        id
        label
        type
        values {
          id
          label
          count
          selected
          input
        }
      }
    }
  }
`);

export const listingPageDocument = graphql(`
  query ListingPage(
    $query: String!
    $filter: ProductFilter
    $sort: ProductSort
    $first: Int!
    $after: String!
  ) {
    search(query: $query, filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes {
        ...ProductCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const suggestDocument = graphql(`
  query Suggest($query: String!) {
    predictiveSearch(query: $query, first: 5) {
      queries
      categories {
        id
        slug
        name
        parent {
          id
          slug
          name
        }
      }
      products {
        id
        slug
        name
        brand
        imageUrl
        price {
          ...MoneyFields
        }
      }
    }
  }
`);
