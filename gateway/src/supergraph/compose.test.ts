import { parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createTinyShop } from '../__fixtures__/tiny-shop.js';
import { createOperationPlanner } from '../planning/operation-planner.js';
import { supergraphToPlan } from '../planning/supergraph-to-plan.js';
import { composeSupergraph, type SubgraphDefinition } from './compose.js';
import { loadSupergraph } from './load.js';
import { SupergraphError } from './supergraph-error.js';

const link = (...imports: string[]): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imports)})\n`;
const problemsOf = (subgraphs: readonly SubgraphDefinition[]): string => {
  try {
    composeSupergraph(subgraphs);
  } catch (error) {
    if (error instanceof SupergraphError) return error.message;
    throw error;
  }
  return 'composes';
};

describe('composeSupergraph', () => {
  it('makes the same products whatever the order, and shows clients nothing of the inside', () => {
    const { apps } = createTinyShop();
    const composed = composeSupergraph(apps);
    expect(composeSupergraph([...apps].reverse())).toEqual(composed);
    expect(composed.supergraphSdl).toContain(
      '@join__graph(name: "inventory", url: "http://inventory/graphql")',
    );
    expect(composed.apiSdl).toContain('stock: Int');
    expect(composed.apiSdl).not.toMatch(/join__|link__|@requiresScopes|_entities/);
  });

  it('names subgraph, field and place of each problem', () => {
    const message = problemsOf([
      {
        name: 'cats',
        sdl: `${link('@key')}type Query { cat: Cat } type Cat @key(fields: "id") { id: ID! name: String! }`,
      },
      {
        name: 'dogs',
        sdl: `${link('@key')}type Query { dog: Int }\ntype Cat @key(fields: "id") { id: ID! name: Int }`,
      },
    ]);
    expect(message).toMatch(/^The supergraph has \d+ problems?:/);
    expect(message).toMatch(/FIELD_TYPE_MISMATCH.*"Cat\.name".*"cats".*"dogs".*\(cats:2:\d+, dogs:3:\d+\)/);
  });

  it('says where an SDL cannot be read', () => {
    expect(problemsOf([{ name: 'cats', sdl: 'type Query {\n  cat: \n}' }])).toMatch(
      /\[cats\] schema\.graphql:3:1 Syntax Error/,
    );
  });
});

describe('loadSupergraph', () => {
  it('takes security and cost directives', () => {
    const { supergraphSdl } = composeSupergraph([
      {
        name: 'guarded',
        sdl: `${link('@authenticated', '@requiresScopes', '@policy', '@cost', '@listSize')}
          type Query { a: Int @authenticated b: Int @requiresScopes(scopes: [["x"]]) c: Int @policy(policies: [["p"]]) @cost(weight: 5) d: [Int] @listSize(assumedSize: 10) }`,
      },
    ]);
    expect(Object.keys(loadSupergraph(supergraphSdl).api.schema.getQueryType()?.getFields() ?? {})).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('takes @cacheTag, and asks as if it were not there', () => {
    const subgraphs = (tag: (format: string) => string): readonly SubgraphDefinition[] => [
      {
        name: 'songs',
        sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@cacheTag"])
          type Query { songs: [Song] ${tag('songs')} song(id: ID!): Song ${tag('song-{$args.id}')} }
          type Song @key(fields: "id") ${tag('song-{$key.id}')} { id: ID! title: String }`,
      },
      { name: 'stars', sdl: `${link('@key')}type Song @key(fields: "id") { id: ID! stars: Int }` },
    ];
    const planned = (tag: (format: string) => string) => {
      const supergraph = loadSupergraph(composeSupergraph(subgraphs(tag)).supergraphSdl);
      const planOf = createOperationPlanner(supergraphToPlan(supergraph));
      const document = parse('{ songs { title stars } song(id: "1") { stars } }');
      return { plan: planOf({ document, name: undefined }), api: printSchema(supergraph.api.schema) };
    };
    const tagged = planned((format) => `@cacheTag(format: ${JSON.stringify(format)})`);
    expect(tagged).toEqual(planned(() => ''));
    expect(tagged.api).not.toContain('cacheTag');
    expect(tagged.plan.node?.kind).toBe('Sequence');
  });

  it('refuses @fromContext, which would silently lose its argument', () => {
    const context = `${link('@key', '@context', '@fromContext')}
      type Query { a: A }
      type A @key(fields: "id") @context(name: "c") { id: ID! n: Int b: B }
      type B @key(fields: "id") { id: ID! f(x: Int @fromContext(field: "$c { n }")): Int }`;
    expect(
      problemsOf([
        { name: 'a', sdl: context },
        { name: 'b', sdl: `${link()}type Query { z: Int }` },
      ]),
    ).toMatch(/@fromContext is used.*@requires/);
    // Composed elsewhere, it comes as a file.
    const composed =
      'schema @link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY) { query: Query }';
    expect(() => loadSupergraph(composed)).toThrow(/@fromContext is used.*@requires/s);
  });

  it('refuses what is no supergraph', () => {
    expect(() => loadSupergraph('type Query { a: Int }')).toThrow(/The supergraph has a problem:\n {2}- /);
  });
});
