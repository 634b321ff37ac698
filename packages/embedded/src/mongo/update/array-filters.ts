import { badValue, MongoError } from '../errors.js';
import type { Doc, Value } from '../bson/value.js';
import { compileFilter } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { filterName } from './update-path.js';

/** By name: whether an element is one that `$[name]` stands for. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

/** Reads `arrayFilters`, each of which speaks of one name. */
export function parseArrayFilters(filters: readonly Value[]): ArrayFilters {
  const result = new Map<string, (element: Value) => boolean>();
  for (const filter of filters) {
    if (!(filter instanceof Map)) throw new MongoError('TypeMismatch', 'arrayFilters must hold objects');
    const names = new Set(namesIn(filter));
    const [name] = names;
    if (name === undefined || names.size > 1) {
      throw new MongoError(
        'FailedToParse',
        'Error parsing array filter: Expected a single top-level field name',
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw badValue(`Error parsing array filter: bad name '${name}'`);
    if (result.has(name)) {
      throw new MongoError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    const matches = compileFilter(
      parseFilter(filter, () => {
        throw badValue('$expr is not allowed in arrayFilters');
      }),
    );
    result.set(name, (element) => matches(new Map([[name, element]])));
  }
  return result;
}

function namesIn(filter: Doc): string[] {
  return [...filter].flatMap(([name, operand]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
    if (!Array.isArray(operand)) return [];
    return operand.flatMap((each) => (each instanceof Map ? namesIn(each) : []));
  });
}

/** Every filter has to be used, and every name has to have one. */
export function checkFilterUse(filters: ArrayFilters, paths: readonly (readonly string[])[]): void {
  const used = new Set(paths.flat().map(filterName));
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw new MongoError(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
    }
  }
  for (const name of used) {
    if (name !== undefined && name !== '' && !filters.has(name)) {
      throw badValue(`No array filter found for identifier '${name}' in the update`);
    }
  }
}
