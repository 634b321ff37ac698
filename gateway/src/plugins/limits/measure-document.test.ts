import fc from 'fast-check';
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type Extent, measureDocument } from './measure-document.js';

const measure = (query: string) => measureDocument(parse(query));

describe('measureDocument', () => {
  it.each([
    ['{ a }', { fields: 1, depth: 1, top: 1, aliases: 0 }],
    ['{ a { b { c } } x: a { c } }', { fields: 5, depth: 3, top: 2, aliases: 1 }],
    ['{ ...f ... { a } } fragment f on Q { a { ...g } b } fragment g on Q { c d: e }', { fields: 5, top: 3 }],
    ['query A { a } query B { a b c }', { fields: 3, top: 3 }],
  ])('%s', (query, expected) => expect(measure(query)).toMatchObject(expected));

  it('counts directives wherever they stand', () => {
    const query = 'query Q($v: Int @d) @d { a @d @d ...f @d ... @d { b } } fragment f on Q @d { c @d }';
    expect(measure(query).directives).toBe(8);
  });

  it('counts how often a name stands in one place, fragments and all', () => {
    expect(measure('{ a a { b b b } ...f ... { a } } fragment f on Q { a }').repeats).toBe(4);
    expect(measure('{ x { a } y { a } z { a } }').repeats).toBe(1);
  });

  it('survives cycles, missing fragments and bombs', () => {
    expect(measure('{ ...f } fragment f on Q { a ...f ...g } fragment g on Q { ...f }').fields).toBe(1);
    const bomb = Array.from(
      { length: 60 },
      (_, at) => `fragment f${at} on Q { ${`a { ...f${at + 1} } `.repeat(9)} }`,
    );
    const { fields, depth } = measure(`{ ...f0 } ${bomb.join(' ')} fragment f60 on Q { b }`);
    expect([fields > 9 ** 60, depth]).toEqual([true, 61]);
  });

  it('counts what a naive expansion counts', () => {
    fc.assert(
      fc.property(documents, (query) => {
        const document = parse(query);
        const { fields, aliases, depth, top } = measureDocument(document);
        expect({ fields, aliases, depth, top }).toEqual(naive(document));
      }),
      { numRuns: 300 },
    );
  });
});

/** Writes every fragment out wherever it is spread. Only for documents without cycles. */
function naive(document: DocumentNode): Extent {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const paths = (set: SelectionSetNode): { path: string[]; isAlias: boolean }[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return paths(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment ? paths(fragment.selectionSet) : [];
      }
      const inner = selection.selectionSet ? paths(selection.selectionSet) : [];
      const key = selection.name.value;
      return [
        { path: [key], isAlias: selection.alias !== undefined },
        ...inner.map((one) => ({ ...one, path: [key, ...one.path] })),
      ];
    });
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const all = operation && 'selectionSet' in operation ? paths(operation.selectionSet) : [];
  return {
    fields: all.length,
    aliases: all.filter(({ isAlias }) => isAlias).length,
    depth: Math.max(0, ...all.map(({ path }) => path.length)),
    top: all.filter(({ path }) => path.length === 1).length,
  };
}

/** Documents whose fragments only spread later ones: no cycle. */
const documents = fc.gen().map((gen) => {
  const count = gen(fc.integer, { min: 0, max: 3 });
  const selections = (room: number, from: number): string =>
    Array.from({ length: gen(fc.integer, { min: 1, max: 3 }) }, () => {
      const kind = gen(fc.integer, { min: 0, max: room > 0 ? 4 : 1 });
      if (kind === 0) return 'a';
      if (kind === 1) return 'x: b';
      if (kind === 2) return `c { ${selections(room - 1, from)} }`;
      if (kind === 3) return `... { ${selections(room - 1, from)} }`;
      return from < count ? `...f${gen(fc.integer, { min: from, max: count - 1 })}` : 'd';
    }).join(' ');
  const fragments = Array.from(
    { length: count },
    (_, at) => `fragment f${at} on Q { ${selections(2, at + 1)} }`,
  );
  return `{ ${selections(3, 0)} } ${fragments.join(' ')}`;
});
