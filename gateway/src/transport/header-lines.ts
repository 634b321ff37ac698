/** Headers for subgraphs, name and value. */
export type HeaderEntries = readonly (readonly [name: string, value: string])[];

/** The same headers as entries and as the text that goes over the wire. */
export interface HeaderLines {
  readonly entries: HeaderEntries;
  /** Each line with its end. */
  readonly text: string;
}

/**
 * @throws Error for a value that would end its line: what comes after it could be read as another header
 * @example headerLines([['x-tenant', 't1']]).text // 'x-tenant: t1\r\n'
 */
export const headerLines = (entries: HeaderEntries): HeaderLines => ({
  entries,
  text: entries.map(([name, value]) => headerLine(name, value)).join(''),
});

/** @throws Error as {@link headerLines} does */
export function headerLine(name: string, value: string): string {
  if (/[\r\n\0]/.test(name) || /[\r\n\0]/.test(value))
    throw new Error(`The header "${name}" has a line break in it. Remove it.`);
  return `${name}: ${value}\r\n`;
}

/** The gateway's own headers and the client's, as one: where both have one, the gateway's counts. */
export function joinHeaders(own: HeaderEntries = [], forwarded: HeaderLines | undefined): HeaderLines {
  if (!forwarded) return headerLines(own);
  if (own.length === 0) return forwarded;
  const isOurs = (name: string): boolean => own.some((header) => header[0] === name);
  return headerLines([...own, ...forwarded.entries.filter(([name]) => !isOurs(name))]);
}
