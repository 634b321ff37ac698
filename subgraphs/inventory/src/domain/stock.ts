/** Units of a variant: `onHand = available + reserved` at every instant, none ever negative. */
export interface Stock {
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
}

export const NO_STOCK: Stock = { onHand: 0, available: 0, reserved: 0 };

/** Most units of one variant: what a GraphQL `Int` can carry. */
export const MAX_ON_HAND = 2_147_483_647;

/** @throws Error if the books would not balance: a mistake of ours, never an expected outcome */
function balanced(stock: Stock): Stock {
  const { onHand, available, reserved } = stock;
  const whole = [onHand, available, reserved].every((units) => Number.isSafeInteger(units) && units >= 0);
  if (whole && onHand === available + reserved) return stock;
  throw new Error(
    `Stock would not balance: ${onHand} on hand, ${available} available, ${reserved} reserved.`,
  );
}

/** Promises units to an order. The caller has checked that they are available. */
export const hold = ({ onHand, available, reserved }: Stock, quantity: number): Stock =>
  balanced({ onHand, available: available - quantity, reserved: reserved + quantity });

/** Takes a promise back. */
export const release = ({ onHand, available, reserved }: Stock, quantity: number): Stock =>
  balanced({ onHand, available: available + quantity, reserved: reserved - quantity });

/** Sends promised units away: they leave the warehouse. */
export const commit = ({ onHand, available, reserved }: Stock, quantity: number): Stock =>
  balanced({ onHand: onHand - quantity, available, reserved: reserved - quantity });

/** Takes units back into the house. */
export const restock = ({ onHand, available, reserved }: Stock, quantity: number): Stock =>
  balanced({ onHand: onHand + quantity, available: available + quantity, reserved });

/** Adds units, or takes some of the available away. */
export const adjust = ({ onHand, available, reserved }: Stock, delta: number): Stock =>
  balanced({ onHand: onHand + delta, available: available + delta, reserved });
