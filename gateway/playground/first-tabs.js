const NO_HEADERS = '{}';

const BROWSE = `# Products and their stock come from two subgraphs.
# Ctrl-Enter runs it, Ctrl-Space suggests.
query Browse {
  products(first: 5) {
    totalCount
    nodes {
      name
      price {
        amountMinor
        currency
      }
      variants {
        sku
        stock {
          available
        }
      }
    }
  }
}
`;

const SIGN_IN = `# Put the access token under "Headers" below:
# { "authorization": "Bearer <accessToken>" }
mutation SignIn {
  login(input: { email: "ada@souk.test", password: "souk-demo-pass" }) {
    session {
      accessToken
      expiresAt
    }
    errors {
      code
      message
    }
  }
}
`;

const TRACK = `# Live over a WebSocket: the current state first, then every change.
subscription Track($id: ID!, $accessToken: String) {
  orderUpdated(id: $id, accessToken: $accessToken) {
    number
    status
    lines {
      quantity
      variant {
        product {
          name
        }
      }
    }
  }
}
`;

/** What a newcomer sees: a query across subgraphs, how to sign in, and a live subscription. */
export const FIRST_TABS = [
  { query: BROWSE, headers: NO_HEADERS },
  { query: SIGN_IN, headers: NO_HEADERS },
  { query: TRACK, variables: '{ "id": "", "accessToken": "" }', headers: NO_HEADERS },
];
