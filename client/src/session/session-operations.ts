import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const sessionFragments = /* GraphQL */ `
  fragment SessionFields on Session {
    accessToken
    refreshToken
    expiresAt
    user {
      id
      name
      email
      roles
    }
  }

  fragment AccountErrorFields on AccountError {
    code
    message
    path
  }
`;

export const loginDocument = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      session {
        ...SessionFields
      }
      errors {
        ...AccountErrorFields
      }
    }
  }
`);

export const registerDocument = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
      session {
        ...SessionFields
      }
      errors {
        ...AccountErrorFields
      }
    }
  }
`);

export const refreshDocument = graphql(`
  mutation RefreshSession($input: RefreshSessionInput!) {
    refreshSession(input: $input) {
      session {
        ...SessionFields
      }
      errors {
        ...AccountErrorFields
      }
    }
  }
`);

export const logoutDocument = graphql(`
  mutation Logout($input: LogoutInput!) {
    logout(input: $input) {
      loggedOut
    }
  }
`);
