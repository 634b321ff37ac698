import { graphql } from '@/__generated__/gql.js';

/** For the documents below: codegen puts fragments in by their name. */
export const sagaFragments = /* GraphQL */ `
  fragment StepFields on SagaStep {
    name
    status
    attempts
    startedAt
    endedAt
    deadline
    nextRetryAt
    lastError
  }

  fragment SagaFields on Saga {
    orderId
    status
    nextActionAt
    driver
    startedAt
    updatedAt
    order {
      id
      number
      status
    }
    steps {
      ...StepFields
      compensation {
        ...StepFields
        compensation {
          ...StepFields
        }
      }
    }
    history {
      sequence
      at
      step
      type
      detail
    }
  }
`;

export const sagaDocument = graphql(`
  query Saga($orderId: ID!) {
    saga(orderId: $orderId) {
      ...SagaFields
    }
  }
`);

export const sagasDocument = graphql(`
  query Sagas($first: Int!, $statuses: [SagaStatus!]) {
    sagas(first: $first, statuses: $statuses) {
      totalCount
      nodes {
        orderId
        status
        nextActionAt
        updatedAt
        order {
          id
          number
          status
        }
        steps {
          name
          status
          compensation {
            name
            status
          }
        }
      }
    }
  }
`);

export const retrySagaDocument = graphql(`
  mutation RetrySaga($input: RetrySagaInput!) {
    outcome: retrySaga(input: $input) {
      saga {
        ...SagaFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const compensateSagaDocument = graphql(`
  mutation CompensateSaga($input: CompensateSagaInput!) {
    outcome: compensateSaga(input: $input) {
      saga {
        ...SagaFields
      }
      errors {
        ...CheckoutErrorFields
      }
    }
  }
`);

export const drillsDocument = graphql(`
  query Drills {
    arePaymentDrillsAllowed
    paymentDrill {
      mode
      until
    }
    shippingDrill
  }
`);

export const setShippingDrillDocument = graphql(`
  mutation SetShippingDrill($input: SetShippingDrillInput!) {
    setShippingDrill(input: $input) {
      drill
      errors {
        code
        message
        path
      }
    }
  }
`);

export const setPaymentDrillDocument = graphql(`
  mutation SetPaymentDrill($input: SetPaymentDrillInput!) {
    setPaymentDrill(input: $input) {
      drill {
        mode
        until
      }
      errors {
        code
        message
        path
      }
    }
  }
`);
