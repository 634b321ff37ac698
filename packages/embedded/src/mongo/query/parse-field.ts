import { badValue, refused } from '../errors.js';
import { bsonType } from '../bson/types.js';
import { Double, isNumeric, magnitude, Regex, type Doc, type Value } from '../bson/value.js';
import type { CompileExpression, FieldTest } from './filter.js';
import { parseFilter } from './parse.js';
import { compilePattern } from './regex.js';

/** Whether a document is a set of operators (`{ $gt: 5 }`) rather than a value to be equal to. */
export function isOperators(value: Value): value is Doc {
  if (!(value instanceof Map)) return false;
  const first = value.keys().next().value;
  if (first !== undefined && ['$ref', '$id', '$db'].includes(first)) throw refused('a DBRef in a query');
  return first?.startsWith('$') ?? false;
}

/** The tests that one `field: condition` of a query stands for; all of them must hold. */
export function parseCondition(condition: Value, expressions: CompileExpression): FieldTest[] {
  if (condition instanceof Regex) return [pattern(condition)];
  if (!isOperators(condition)) return [{ kind: 'equals', value: condition }];
  return parseOperators(condition, expressions);
}

export function parseOperators(operators: Doc, expressions: CompileExpression): FieldTest[] {
  const tests: FieldTest[] = [];
  for (const [operator, operand] of operators) {
    const test = parseOperator(operator, operand, operators, expressions);
    if (test !== undefined) tests.push(test);
  }
  return tests;
}

function parseOperator(
  operator: string,
  operand: Value,
  siblings: Doc,
  expressions: CompileExpression,
): FieldTest | undefined {
  switch (operator) {
    case '$eq':
      return { kind: 'equals', value: noRegex(operator, operand) };
    case '$ne':
      return { kind: 'not', tests: [{ kind: 'equals', value: noRegex(operator, operand) }] };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return { kind: 'range', operator, value: noRegex(operator, operand) };
    case '$in':
      return listed(operator, operand);
    case '$nin':
      return { kind: 'not', tests: [listed(operator, operand)] };
    case '$exists':
      return exists(operand);
    case '$type':
      return { kind: 'type', types: parseTypes(operand) };
    case '$size':
      return { kind: 'size', size: parseSize(operand) };
    case '$mod':
      return parseMod(operand);
    case '$all':
      return parseAll(operand, expressions);
    case '$elemMatch':
      return parseElemMatch(operand, expressions);
    case '$not':
      return parseNot(operand, expressions);
    case '$regex':
      return regexOperator(operand, siblings.get('$options'));
    case '$options':
      if (!siblings.has('$regex')) throw badValue('$options needs a $regex');
      return undefined;
    default:
      throw known.has(operator)
        ? refused(`query operator ${operator}`)
        : badValue(`unknown operator: ${operator}`);
  }
}

const known = new Set(
  '$geoIntersects $geoWithin $near $nearSphere $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $jsonSchema $text $where'.split(
    ' ',
  ),
);

function noRegex(operator: string, operand: Value): Value {
  if (operand instanceof Regex)
    throw badValue(`Can't have regex as arg to ${operator}; use $regex, or $in with a regex`);
  return operand;
}

function pattern(regex: Regex): FieldTest {
  return { kind: 'pattern', pattern: compilePattern(regex.pattern, regex.options) };
}

function regexOperator(operand: Value, options: Value | undefined): FieldTest {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (operand instanceof Regex) {
    if (options !== undefined && operand.options !== '')
      throw badValue('options set in both $regex and $options');
    return pattern(new Regex(operand.pattern, options ?? operand.options));
  }
  if (typeof operand !== 'string') throw badValue('$regex has to be a string');
  return pattern(new Regex(operand, options ?? ''));
}

function listed(operator: string, operand: Value): FieldTest & { kind: 'in' } {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  const values: Value[] = [];
  const patterns: RegExp[] = [];
  for (const item of operand) {
    if (item instanceof Regex) patterns.push(compilePattern(item.pattern, item.options));
    else if (isOperators(item)) throw badValue(`cannot nest $ under ${operator}`);
    else values.push(item);
  }
  return { kind: 'in', values, patterns };
}

function exists(operand: Value): FieldTest {
  const wanted = isNumeric(operand)
    ? Number(magnitude(operand)) !== 0
    : operand !== false && operand !== null;
  return wanted ? { kind: 'exists' } : { kind: 'not', tests: [{ kind: 'exists' }] };
}

const typeNames = new Map(Object.entries(bsonType).map(([name, code]) => [code, name] as const));

function parseTypes(operand: Value): Set<string> {
  const wanted = Array.isArray(operand) ? operand : [operand];
  if (wanted.length === 0) throw badValue('$type must match at least one type');
  const types = new Set<string>();
  for (const item of wanted) {
    if (item === 'number') for (const name of ['double', 'int', 'long']) types.add(name);
    else if (typeof item === 'string' && Object.hasOwn(bsonType, item)) types.add(item);
    else {
      const name = isNumeric(item) ? typeNames.get(Number(magnitude(item)) as never) : undefined;
      if (name === undefined)
        throw refused(`$type ${typeof item === 'string' ? `"${item}"` : 'of that kind'}`);
      types.add(name);
    }
  }
  return types;
}

/** A number that has to be whole, whatever its BSON type. */
export function wholeNumber(value: Value | undefined, what: string): bigint {
  if (!isNumeric(value)) throw badValue(`${what} must be a whole number`);
  if (value instanceof Double && !Number.isSafeInteger(value.value))
    throw badValue(`${what} must be a whole number`);
  return BigInt(magnitude(value));
}

function parseSize(operand: Value): number {
  const size = wholeNumber(operand, '$size');
  if (size < 0n) throw badValue('$size may not be negative');
  return Number(size);
}

function parseMod(operand: Value): FieldTest {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw badValue('malformed mod, needs [divisor, remainder]');
  const [divisor, remainder] = operand.map((value) => wholeNumber(value, '$mod'));
  if (divisor === undefined || remainder === undefined || divisor === 0n)
    throw badValue('divisor cannot be 0');
  return { kind: 'mod', divisor, remainder };
}

function parseAll(operand: Value, expressions: CompileExpression): FieldTest {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  const tests = operand.map((item): FieldTest => {
    if (item instanceof Regex) return pattern(item);
    if (!isOperators(item)) return { kind: 'equals', value: item };
    const inner = item.get('$elemMatch');
    if (inner === undefined || item.size !== 1) throw badValue('no $ expressions in $all except $elemMatch');
    return parseElemMatch(inner, expressions);
  });
  return { kind: 'all', tests };
}

function parseElemMatch(operand: Value, expressions: CompileExpression): FieldTest {
  if (!(operand instanceof Map)) throw badValue('$elemMatch needs an Object');
  const first = operand.keys().next().value;
  const logical = first !== undefined && ['$and', '$or', '$nor'].includes(first);
  if (first === '$expr') throw badValue('$expr can only be applied to the top-level document');
  if (isOperators(operand) && !logical) {
    return { kind: 'elementPasses', tests: parseOperators(operand, expressions) };
  }
  return { kind: 'elementMatches', filter: parseFilter(operand, nested) };
}

function nested(): never {
  throw badValue('$expr can only be applied to the top-level document');
}

function parseNot(operand: Value, expressions: CompileExpression): FieldTest {
  if (operand instanceof Regex) return { kind: 'not', tests: [pattern(operand)] };
  if (!(operand instanceof Map)) throw badValue('$not needs a regex or a document');
  if (operand.size === 0) throw badValue('$not cannot be empty');
  return { kind: 'not', tests: parseOperators(operand, expressions) };
}
