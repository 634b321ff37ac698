import { graphql } from '@/__generated__/gql.js';

export const placeOrderDocument = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order {
        id
        number
        status
        version
        accessToken
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);
