/**
 * `Math.exp` and `Math.log` may differ in the last bit between engine versions, and one bit is enough to change a
 * price. This one uses only operations that IEEE 754 defines exactly.
 *
 * @param x between about -30 and 30
 */
export function exactExp(x: number): number {
  const small = x / 1024;
  let result = 1 + small * (1 + (small / 2) * (1 + (small / 3) * (1 + (small / 4) * (1 + small / 5))));
  for (let doubling = 0; doubling < 10; doubling += 1) result *= result;
  return result;
}
