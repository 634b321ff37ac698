import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, parse, type SelectionNode } from 'graphql';
import { expect, it } from 'vitest';
import { withKeys } from './keyed-representations.js';

const KEYS = new Map([['Media', [['id'], ['shop', 'serial']]]]);

it.each([
  ['... on Clip { id } ... on Media { title }', '... on Clip { id title }'],
  [
    '... on Media { title } ... on Clip { id title } ... on Song { id }',
    '... on Clip { id title } ... on Song { id title }',
  ],
  ['... on Clip { id } ... on Media { serial }', '... on Clip { id serial }'],
  ['... on Clip { id } ... on Media { serial shop }', '... on Clip { id } ... on Media { serial shop }'],
  ['... on Clip { id } ... on Media { id title }', '... on Clip { id } ... on Media { id title }'],
  ['... on Clip { id } ... on User { name }', '... on Clip { id } ... on User { name }'],
  ['... on Media { title }', '... on Media { title }'],
])('what is required with %s comes as %s', (requires, expected) => {
  expect(withKeys(fetchOf(requires), KEYS)).toEqual(fetchOf(expected));
});

it('leaves a question for root fields as it is', () => {
  const fetch = { kind: 'Fetch', serviceName: 'reviews' } as unknown as FetchNode;
  expect(withKeys(fetch, KEYS)).toBe(fetch);
});

const fetchOf = (requires: string): FetchNode =>
  ({ kind: 'Fetch', serviceName: 'reviews', requires: nodesOf(requires) }) as unknown as FetchNode;

const nodesOf = (text: string): readonly QueryPlanSelectionNode[] =>
  parse(`{ ${text} }`).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections.map(nodeOf) : [],
  );

function nodeOf(selection: SelectionNode): QueryPlanSelectionNode {
  if (selection.kind === Kind.FIELD) return { kind: 'Field', name: selection.name.value };
  if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('Write fragments inline.');
  return {
    kind: 'InlineFragment',
    typeCondition: selection.typeCondition?.name.value ?? '',
    selections: selection.selectionSet.selections.map(nodeOf),
  };
}
