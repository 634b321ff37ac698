/* GraphQL */ `
  fragment MoneyFields on Money {
    amountMinor
    currency
  }
`;
