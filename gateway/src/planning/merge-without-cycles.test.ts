import type { PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { composeSupergraph } from '../supergraph/compose.js';
import { loadSupergraph } from '../supergraph/load.js';
import { createOperationPlanner } from './operation-planner.js';
import { supergraphToPlan } from './supergraph-to-plan.js';

const link = (...imports: string[]): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(['@key', ...imports])})`;
const { supergraphSdl } = composeSupergraph([
  {
    name: 'catalog',
    sdl: `${link()}
      type Query { media: [Media] }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Song implements Media @key(fields: "id") { id: ID! title: String }
      type Clip implements Media @key(fields: "id") { id: ID! title: String length: Int }`,
  },
  {
    name: 'reviews',
    sdl: `${link('@external', '@requires', '@interfaceObject')}
      type Media @key(fields: "id") @interfaceObject {
        id: ID! title: String @external shout: String @requires(fields: "title")
      }`,
  },
  {
    name: 'charts',
    sdl: `${link('@interfaceObject')}
      type Query { top: [Media] }
      type Media @key(fields: "id") @interfaceObject { id: ID! }`,
  },
]);
const planOf = createOperationPlanner(supergraphToPlan(loadSupergraph(supergraphSdl)));

/** The subgraphs that a plan asks, in the order of its steps. */
const asked = (step: PlanNode | undefined): string[] => {
  if (step?.kind === 'Fetch') return [step.serviceName];
  if (step?.kind === 'Flatten') return asked(step.node);
  return step && 'nodes' in step ? step.nodes.flatMap(asked) : [];
};

// Without it, the planner walks in a circle until the memory is full: a test fails here by ending its process.
it('plans two steps that wait for each other as two', () => {
  const document = parse('{ top { __typename shout ... on Song { shout title } } }');
  const { node } = planOf({ document, name: undefined });
  expect(node?.kind === 'Subscription' ? [] : asked(node)).toEqual([
    'charts',
    'catalog',
    'catalog',
    'reviews',
  ]);
});
