import { badValue, MongoError, refused } from '../errors.js';

/** Reads the path of an update, which may hold the positional parts `$`, `$[]` and `$[name]`. */
export function parseUpdatePath(text: string): string[] {
  if (text === '') throw new MongoError('EmptyFieldName', 'An empty update path is not valid.');
  const path = text.split('.');
  for (const [at, part] of path.entries()) {
    if (part === '') {
      throw new MongoError(
        'EmptyFieldName',
        `The update path '${text}' contains an empty field name, which is not allowed.`,
      );
    }
    if (!part.startsWith('$')) continue;
    if (isPositional(part)) {
      if (at === 0)
        throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${text}'`);
      continue;
    }
    throw new MongoError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${part}' in '${text}' is not valid for storage.`,
    );
  }
  if (path.filter((part) => part === '$').length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${text}'`);
  }
  if (path.length > 100) throw refused('an update path of more than 100 parts');
  return path;
}

export function isPositional(part: string): boolean {
  return part === '$' || /^\$\[[A-Za-z0-9]*\]$/.test(part);
}

/** The name in `$[name]`; empty for `$[]`, absent for other parts. */
export function filterName(part: string): string | undefined {
  return /^\$\[(.*)\]$/.exec(part)?.[1];
}

/**
 * Two paths may not touch the same value.
 *
 * @throws MongoError ConflictingUpdateOperators
 */
export function refuseConflicts(paths: readonly (readonly string[])[]): void {
  for (const [index, path] of paths.entries()) {
    for (const other of paths.slice(0, index)) {
      const shared = Math.min(path.length, other.length);
      if (path.slice(0, shared).every((part, at) => part === other[at])) {
        const shorter = path.length < other.length ? path : other;
        throw new MongoError(
          'ConflictingUpdateOperators',
          `Updating the path '${path.join('.')}' would create a conflict at '${shorter.join('.')}'`,
        );
      }
    }
  }
}

/** The order in which MongoDB applies paths: by name, positions by number. */
export function pathOrder(left: readonly string[], right: readonly string[]): number {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [a, b] = [left[at] ?? '', right[at] ?? ''];
    if (a === b) continue;
    if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
    return a < b ? -1 : 1;
  }
  return left.length - right.length;
}
