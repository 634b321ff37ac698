/** How many ways {@link otherwise} knows. */
export const TURNS = 3;

/**
 * Other values for what decides about @skip and @include.
 *
 * @param turn 0 for as they are, 1 for all of them turned, 2 for every second one
 */
export function otherwise(
  variables: Readonly<Record<string, unknown>>,
  turn: number,
): Readonly<Record<string, unknown>> {
  const isTurned = [() => false, () => true, (bit: number) => bit % 2 === 0][turn] ?? (() => false);
  return Object.fromEntries(
    Object.entries(variables).map(([name, value], bit) => [
      name,
      typeof value === 'boolean' && isTurned(bit) ? !value : value,
    ]),
  );
}
