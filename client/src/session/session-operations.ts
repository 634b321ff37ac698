import { graphql } from '@/__generated__/gql.js';

/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const sessionFragment = /* GraphQL */ `
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
`;

export const loginDocument = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      session {
        ...SessionFields
      }
      errors {
        code
        message
        path
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
        code
        message
        path
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
        code
        message
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
