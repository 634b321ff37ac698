import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const addressFragment = /* GraphQL */ `
  fragment AddressFields on Address {
    id
    name
    line1
    line2
    city
    postalCode
    country
    isDefault
  }
`;

export const profileDocument = graphql(`
  query Profile {
    viewer {
      id
      name
      email
      createdAt
      addresses {
        ...AddressFields
      }
    }
  }
`);

export const updateProfileDocument = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        id
        name
        email
      }
      errors {
        ...AccountErrorFields
      }
    }
  }
`);

export const saveAddressDocument = graphql(`
  mutation SaveAddress($input: SaveAddressInput!) {
    saveAddress(input: $input) {
      address {
        ...AddressFields
      }
      errors {
        ...AccountErrorFields
      }
    }
  }
`);

export const deleteAddressDocument = graphql(`
  mutation DeleteAddress($input: DeleteAddressInput!) {
    deleteAddress(input: $input) {
      user {
        id
        addresses {
          ...AddressFields
        }
      }
      errors {
        ...AccountErrorFields
      }
    }
  }
`);
