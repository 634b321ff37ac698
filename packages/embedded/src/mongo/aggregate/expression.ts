import { badValue, MongoError, refused } from '../errors.js';
import { RawDocument } from '../bson/raw-document.js';
import { Regex, type Doc, type FieldSource, type Value } from '../bson/value.js';
import { arithmetic } from './expressions/arithmetic.js';
import { arrays } from './expressions/arrays.js';
import { comparison } from './expressions/comparison.js';
import { conditional } from './expressions/conditional.js';
import { dates } from './expressions/dates.js';
import { objects } from './expressions/objects.js';
import type { Operators } from './expressions/operator.js';
import { strings } from './expressions/strings.js';
import { totals } from './expressions/totals.js';
import { Overlay, scopeOf, truthy, type Expression, type Scope } from './scope.js';

/** The operators of the subset. What is not in one of these tables is refused. */
const operators: Operators = {
  ...arithmetic,
  ...arrays,
  ...comparison,
  ...conditional,
  ...dates,
  ...objects,
  ...strings,
  ...totals,
};

/**
 * Compiles an aggregation expression.
 *
 * @throws MongoError for an operator that is not in the subset, before anything is evaluated
 */
export function compileExpression(value: Value): Expression {
  if (typeof value === 'string' && value.startsWith('$')) return compileReference(value);
  if (value instanceof Regex) throw refused('a regular expression in an expression');
  if (Array.isArray(value)) {
    const elements = value.map(compileExpression);
    return (scope) => elements.map((element) => element(scope) ?? null);
  }
  if (!(value instanceof Map)) return () => value;
  const [first] = value.keys();
  return first?.startsWith('$') ? compileOperator(value, first) : compileObject(value);
}

function compileOperator(value: Doc, name: string): Expression {
  if (value.size !== 1) {
    throw new MongoError('FailedToParse', 'an object representing an expression must have exactly one field');
  }
  const make = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (make === undefined) {
    throw new MongoError(
      'InvalidPipelineOperator',
      `Unrecognized expression '${name}', or one outside the embedded server's subset (SUBSET.md)`,
    );
  }
  return make(value.get(name) ?? null, compileExpression);
}

function compileObject(value: Doc): Expression {
  const fields = [...value].map(([name, child]) => {
    if (name.startsWith('$') || name.includes('.'))
      throw badValue(`'${name}' cannot name a field of an object expression`);
    return [name, compileExpression(child)] as const;
  });
  return (scope) => {
    const result: Doc = new Map();
    for (const [name, expression] of fields) {
      const field = expression(scope);
      if (field !== undefined) result.set(name, field);
    }
    return result;
  };
}

function compileReference(text: string): Expression {
  if (!text.startsWith('$$')) return compilePath(text.slice(1).split('.'), text);
  const [name = '', ...path] = text.slice(2).split('.');
  checkPath(path, text);
  const start = variable(name);
  return path.length === 0 ? start : (scope) => follow(start(scope), path, 0);
}

function variable(name: string): Expression {
  if (name === 'ROOT' || name === 'CURRENT') return wholeRoot;
  if (name === 'NOW') return ({ now }) => now;
  if (name === 'REMOVE') return () => undefined;
  if (!/^[a-z][A-Za-z0-9_]*$/.test(name)) throw refused(`the variable $$${name}`);
  return ({ variables }) => {
    if (!variables.has(name)) throw badValue(`Use of undefined variable: ${name}`);
    return variables.get(name);
  };
}

function wholeRoot({ root }: Scope): Value {
  if (root instanceof RawDocument || root instanceof Overlay) return root.decode();
  if (root instanceof Map) return root; // a FieldSource that is a Map is a document
  throw badValue('$$ROOT has no meaning here');
}

function compilePath(path: readonly string[], text: string): Expression {
  checkPath(path, text);
  const [first = '', ...rest] = path;
  if (rest.length === 0) return ({ root }) => root.get(first);
  return ({ root }) => follow(root.get(first), rest, 0);
}

function checkPath(path: readonly string[], text: string): void {
  if (path.some((part) => part === '' || part.startsWith('$')))
    throw badValue(`'${text}' is not a valid field path`);
}

/** Field paths in expressions go into every document of an array and collect what they find. */
function follow(value: Value | undefined, path: readonly string[], depth: number): Value | undefined {
  if (depth === path.length) return value;
  if (value instanceof Map) return follow(value.get(path[depth] ?? ''), path, depth + 1);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => follow(element, path, depth)).filter((element) => element !== undefined);
}

/** `$expr`: an expression as a condition on a document. */
export function compileCondition(expression: Value): (source: FieldSource) => boolean {
  const compiled = compileExpression(expression);
  return (source) => truthy(compiled(scopeOf(source, new Date())));
}
