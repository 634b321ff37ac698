import { graphql } from '@/__generated__/gql.js';

export const shippingOptionsDocument = graphql(`
  query ShippingOptions($country: String!) {
    cart {
      id
      shippingOptions(country: $country) {
        id
        name
        carrier
        eta
        price {
          ...MoneyFields
        }
      }
    }
  }
`);

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
