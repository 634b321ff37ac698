/**
 * Statements that are prepared on a connection at most. They are constants of the code; a text beyond that is sent
 * whole each time, so that one that is made of input by mistake cannot fill the server's memory.
 */
const MOST_PREPARED = 500;

const names = new Map<string, string>();
let given = 0;

/** The name under which a statement is prepared, or undefined if it is not. The same in the whole process. */
export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_PREPARED) return undefined;
  const name = `souk_${(given += 1)}`;
  names.set(text, name);
  return name;
}

/** Its plans do not fit the tables any more: the next time it is prepared anew on every connection. */
export function forgetPrepared(text: string): void {
  names.delete(text);
}
