import type { PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { composeSupergraph } from '../supergraph/compose.js';
import { loadSupergraph } from '../supergraph/load.js';
import { createOperationPlanner } from './operation-planner.js';
import { supergraphToPlan } from './supergraph-to-plan.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const { supergraphSdl } = composeSupergraph([
  {
    name: 'prices',
    sdl: `${LINK}
      type Query { goods: [Good] }
      type Good @key(fields: "id") { id: ID! here(at: Int!): Group there: Group }
      type Group { mean(in: String!): Int }`,
  },
  {
    name: 'texts',
    sdl: `${LINK}
      type Good @key(fields: "id") {
        id: ID!
        here(at: Int!): Group @external
        there: Group @external
        dollars: String @requires(fields: "there { mean(in: \\"USD\\") }")
        euros: String @requires(fields: "there { mean(in: \\"EUR\\") }")
        both: String @requires(fields: "here(at: 1) { mean(in: \\"USD\\") } there { mean(in: \\"EUR\\") }")
        second: String @requires(fields: "here(at: 2) { mean(in: \\"USD\\") }")
        secondEuros: String @requires(fields: "here(at: 2) { mean(in: \\"EUR\\") }")
        plain: String
      }
      type Group @external { mean(in: String!): Int }`,
  },
]);
const planOf = createOperationPlanner(supergraphToPlan(loadSupergraph(supergraphSdl)));

const written = (selection: QueryPlanSelectionNode): string => {
  const nested = selection.selections ? `{${selection.selections.map(written).join(' ')}}` : '';
  // The alias says which value it is: its key in the answers before.
  if (selection.kind === 'Field')
    return `${selection.alias ? `${selection.alias}:` : ''}${selection.name}${nested}`;
  return `...on ${String(selection.typeCondition)}${nested}`;
};

/** What each step that needs something asks for, and what it brings along besides the key. */
const entitySteps = ({ node }: QueryPlan): [fields: string, brought: string][] => {
  const inNode = (step: PlanNode): [string, string][] => {
    if (step.kind === 'Flatten') return inNode(step.node);
    if (step.kind !== 'Fetch') return 'nodes' in step ? step.nodes.flatMap(inNode) : [];
    if (!step.requires) return [];
    const brought = step.requires.flatMap((selection) => selection.selections ?? []).map(written);
    const key = new Set(['__typename', 'id']);
    return [
      [
        /\.\.\.on Good\{(.*?)\}/.exec(step.operation)?.[1] ?? '',
        brought
          .filter((field) => !key.has(field))
          .sort()
          .join(' '),
      ],
    ];
  };
  return node && node.kind !== 'Subscription' ? inNode(node) : [];
};

it.each<[string, [string, string][]]>([
  ['dollars plain', [['dollars plain', 'there{_souk0_mean:mean}']]],
  [
    'dollars euros plain',
    [
      ['dollars plain', 'there{_souk0_mean:mean}'],
      ['euros', 'there{_souk1_mean:mean}'],
    ],
  ],
  // The same field below two parents is two values.
  ['both', [['both', '_souk2_here:here{_souk0_mean:mean} there{_souk1_mean:mean}']]],
  ['both euros', [['both euros', '_souk2_here:here{_souk0_mean:mean} there{_souk1_mean:mean}']]],
  // Of the parents, too, there is one in a representation.
  [
    'both second',
    [
      ['both', '_souk2_here:here{_souk0_mean:mean} there{_souk1_mean:mean}'],
      ['second', '_souk3_here:here{_souk0_mean:mean} there{_souk1_mean:mean}'],
    ],
  ],
  [
    'second secondEuros',
    [
      ['second', '_souk3_here:here{_souk0_mean:mean}'],
      ['secondEuros', '_souk3_here:here{_souk1_mean:mean}'],
    ],
  ],
])('each field is asked for with the values that it requires: %s', (fields, expected) => {
  const plan = planOf({ document: parse(`{goods{${fields}}}`), name: undefined });
  expect(entitySteps(plan)).toEqual(expected);
});
