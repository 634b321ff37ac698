/** How people call an order, for example `S-10042`. */
export const formatOrderNumber = (sequence: number): string => `S-${sequence}`;

/** The sequence number in a search text such as `S-10042`, `s10042` or `10042`; null if it is none. */
export function parseOrderNumber(text: string): number | null {
  const digits = /^\s*(?:s-?)?(\d{1,9})\s*$/i.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
