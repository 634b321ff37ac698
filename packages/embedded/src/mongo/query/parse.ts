import { badValue, refused } from '../errors.js';
import type { Doc, Value } from '../bson/value.js';
import type { CompileExpression, Filter } from './filter.js';
import { parseCondition } from './parse-field.js';
import { parsePath } from './path.js';

/**
 * Reads a query document into a {@link Filter}. This is where the subset is kept: an operator that is not known here
 * never reaches the code that matches.
 *
 * @throws MongoError BadValue for what MongoDB refuses too, NotImplemented for what is outside the subset
 */
export function parseFilter(query: Doc, expressions: CompileExpression): Filter {
  const children: Filter[] = [];
  for (const [name, condition] of query) {
    if (name.startsWith('$')) {
      const child = parseTopLevel(name, condition, expressions);
      if (child !== undefined) children.push(child);
      continue;
    }
    const path = parsePath(name);
    for (const test of parseCondition(condition, expressions)) children.push({ kind: 'field', path, test });
  }
  const [only] = children;
  return children.length === 1 && only !== undefined ? only : { kind: 'and', children };
}

function parseTopLevel(operator: string, operand: Value, expressions: CompileExpression): Filter | undefined {
  switch (operator) {
    case '$and':
    case '$or':
    case '$nor':
      return { kind: logical[operator], children: parseList(operator, operand, expressions) };
    case '$expr': {
      return { kind: 'expression', holds: expressions(operand) };
    }
    case '$comment':
      return undefined;
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
      throw refused(`query operator ${operator}`);
    default:
      throw badValue(
        `unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, it cannot be queried here`,
      );
  }
}

const logical = { $and: 'and', $or: 'or', $nor: 'nor' } as const;

function parseList(operator: string, operand: Value, expressions: CompileExpression): Filter[] {
  if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${operator} must be a nonempty array`);
  return operand.map((item) => {
    if (!(item instanceof Map)) throw badValue(`${operator} entries need to be full objects`);
    return parseFilter(item, expressions);
  });
}
