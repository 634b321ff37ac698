import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const cartFragments = /* GraphQL */ `
  fragment CartFields on Cart {
    id
    token
    itemCount
    subtotal {
      ...MoneyFields
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

  fragment CheckoutErrorFields on CheckoutError {
    code
    message
    path
    ... on OutOfStockError {
      variantId
      available
    }
    ... on PaymentDeclinedError {
      reason
    }
  }
`;

export const cartDocument = graphql(`
  query Cart {
    cart {
      ...CartFields
    }
  }
`);

export const addToCartDocument = graphql(`
  mutation AddToCart($input: AddToCartInput!) {
    addToCart(input: $input) {
      cart {
        ...CartFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const updateCartLineDocument = graphql(`
  mutation UpdateCartLine($input: UpdateCartLineInput!) {
    updateCartLine(input: $input) {
      cart {
        ...CartFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const removeCartLineDocument = graphql(`
  mutation RemoveCartLine($input: RemoveCartLineInput!) {
    removeCartLine(input: $input) {
      cart {
        ...CartFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const mergeCartDocument = graphql(`
  mutation MergeCart($input: MergeCartInput!) {
    mergeCart(input: $input) {
      cart {
        ...CartFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);
