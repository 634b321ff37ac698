import type { FieldSource, Value } from '../bson/value.js';
import { isValueCondition, type FieldTest, type Filter, type MatchDetails, type Matcher } from './filter.js';
import { compileValueTest, type ValueTest } from './match-value.js';
import { walkPath, type Path } from './path.js';

/** Turns a parsed query into a predicate on documents. */
export function compileFilter(filter: Filter): Matcher {
  switch (filter.kind) {
    case 'and': {
      const children = filter.children.map(compileFilter);
      return (source, details) => children.every((child) => child(source, details));
    }
    case 'or': {
      const children = filter.children.map(compileFilter);
      return (source, details) => children.some((child) => child(source, details));
    }
    case 'nor': {
      const children = filter.children.map(compileFilter);
      return (source) => !children.some((child) => child(source));
    }
    case 'expression':
      return filter.holds;
    case 'field':
      return compileField(filter.path, filter.test);
  }
}

function compileField(path: Path, test: FieldTest): Matcher {
  if (isValueCondition(test)) return matchValue(path, compileValueTest(test));
  switch (test.kind) {
    case 'not': {
      const inner = test.tests.map((each) => compileField(path, each));
      return (source) => !inner.every((matches) => matches(source));
    }
    case 'all': {
      const inner = test.tests.map((each) => compileField(path, each));
      return (source, details) => inner.length > 0 && inner.every((matches) => matches(source, details));
    }
    case 'size':
      return (source) =>
        walkPath(source, path, 'whole', (value) => Array.isArray(value) && value.length === test.size);
    case 'elementMatches':
    case 'elementPasses':
      return matchElement(path, compileElement(test));
  }
}

/**
 * The path most queries take: a field of the document itself that holds no array. Only the presence of an array calls
 * for the walk in {@link anyValue}; the two agree on everything else, which a differential test checks.
 */
function matchValue(path: Path, test: ValueTest): Matcher {
  const walk = anyValue(path, test);
  const [name, ...deeper] = path;
  if (name === undefined || deeper.length > 0) return walk;
  return (source, details) => {
    const value = source.get(name);
    return Array.isArray(value) ? walk(source, details) : test(value);
  };
}

/** Whether any value the path leads to passes: MongoDB's rule in general. */
export function anyValue(path: Path, test: ValueTest): Matcher {
  return (source, details) =>
    walkPath(source, path, 'each', (value, index) => test(value) && record(details, index));
}

function record(details: MatchDetails | undefined, index: number | undefined): true {
  if (details !== undefined && index !== undefined) details.index = index;
  return true;
}

function matchElement(path: Path, test: (element: Value) => boolean): Matcher {
  return (source, details) =>
    walkPath(source, path, 'whole', (value, outer) => {
      if (!Array.isArray(value)) return false;
      const index = value.findIndex(test);
      return index >= 0 && record(details, outer ?? index);
    });
}

/** A test on one array element that is not walked into, for `$elemMatch`. */
function compileElement(
  test: FieldTest & { kind: 'elementMatches' | 'elementPasses' },
): (element: Value) => boolean {
  if (test.kind === 'elementPasses') {
    const tests = test.tests.map(compileSingle);
    return (element) => tests.every((passes) => passes(element));
  }
  const matches = compileFilter(test.filter);
  return (element) => {
    if (element instanceof Map) return matches(element);
    return Array.isArray(element) && matches(asDocument(element));
  };
}

function compileSingle(test: FieldTest): (element: Value) => boolean {
  if (isValueCondition(test)) return compileValueTest(test);
  switch (test.kind) {
    case 'not': {
      const inner = test.tests.map(compileSingle);
      return (element) => !inner.every((passes) => passes(element));
    }
    case 'all': {
      const inner = test.tests.map(compileSingle);
      return (element) => inner.length > 0 && inner.every((passes) => passes(element));
    }
    case 'size':
      return (element) => Array.isArray(element) && element.length === test.size;
    case 'elementMatches':
    case 'elementPasses': {
      const passes = compileElement(test);
      return (element) => Array.isArray(element) && element.some(passes);
    }
  }
}

/** An array inside an array, as `$elemMatch` sees it: a document whose fields are the positions. */
function asDocument(array: readonly Value[]): FieldSource {
  return new Map(array.map((value, index) => [String(index), value]));
}
