/** For the documents below and elsewhere: codegen puts fragments in by their name. */
export const moneyFragment = /* GraphQL */ `
  fragment MoneyFields on Money {
    amountMinor
    currency
  }
`;
