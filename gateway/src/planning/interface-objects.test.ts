import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { composeSupergraph } from '../supergraph/compose.js';
import { loadSupergraph } from '../supergraph/load.js';
import { withoutNamesOfInterfaces } from './interface-objects.js';
import { createOperationPlanner } from './operation-planner.js';
import { supergraphToPlan } from './supergraph-to-plan.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])';
const { supergraphSdl } = composeSupergraph([
  {
    name: 'catalog',
    sdl: `${LINK}
      type Query { media: [Media] }
      interface Media @key(fields: "id") { id: ID! }
      type Song implements Media @key(fields: "id") { id: ID! title: String }`,
  },
  {
    name: 'reviews',
    sdl: `${LINK}
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
      type Query { top: [Media] }`,
  },
]);
const planOf = createOperationPlanner(supergraphToPlan(loadSupergraph(supergraphSdl)));

/** What a plan asks, in the order of its steps. */
const asked = ({ node }: QueryPlan): string[] => {
  const inNode = (step: PlanNode): string[] => {
    if (step.kind === 'Fetch')
      return [`${step.serviceName}: ${step.operation.replace(/^.*_entities\(\S+\)/, '')}`];
    if (step.kind === 'Flatten') return inNode(step.node);
    return 'nodes' in step ? step.nodes.flatMap(inNode) : [];
  };
  return node && node.kind !== 'Subscription' ? inNode(node) : [];
};

describe('a subgraph that knows an interface only', () => {
  it.each([
    [
      '{media{...on Song{__typename stars}}}',
      ['catalog: {media{__typename ...on Song{__typename id}}}', 'reviews: {...on Media{stars}}}'],
    ],
    [
      // Here it is the first to tell of the objects: the other one is asked by that name what they are.
      '{top{...on Song{__typename stars}}}',
      [
        'reviews: {top{__typename id}}',
        'catalog: {...on Media{__typename}}}',
        'reviews: {...on Media{stars}}}',
      ],
    ],
  ])('is not asked what its entities are: %s', (query, expected) => {
    expect(asked(planOf({ document: parse(query), name: undefined }))).toEqual(expected);
  });

  it.each([
    ['{...on Media{__typename stars}}', '{...on Media{stars}}'],
    ['{...on Media{...{__typename stars}}}', '{...on Media{...{stars}}}'],
    ['{...on Media{next{__typename id}}}', '{...on Media{next{__typename id}}}'],
    [
      '{...on Media{__typename}...on User{__typename}}',
      '{...on Media{_interface:__typename}...on User{__typename}}',
    ],
  ])('%s of its entities becomes %s', (selections, expected) => {
    const fetch = {
      kind: 'Fetch',
      serviceName: 'reviews',
      operation: `query($representations:[_Any!]!){_entities(representations:$representations)${selections}}`,
      requires: [],
    } as unknown as FetchNode;
    const flat: PlanNode = { kind: 'Flatten', path: ['media', '@'], node: fetch };
    const plan: QueryPlan = {
      kind: 'QueryPlan',
      node: { kind: 'Condition', condition: 'c', ifClause: flat },
    };
    const changed = withoutNamesOfInterfaces(plan, new Map([['reviews', new Map([['Media', [['id']]]])]]));
    expect(JSON.stringify(changed)).toBe(JSON.stringify(plan).replace(selections, expected));
    expect(withoutNamesOfInterfaces(plan, new Map([['catalog', new Map([['Media', [['id']]]])]]))).toEqual(
      plan,
    );
  });
});
