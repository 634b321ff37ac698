import { type TwoExecutors, twoExecutors } from '@souk/gateway/testing';
import { randomOperation } from '@souk/testkit/graphql';
import fc from 'fast-check';
import { Kind, parse, print, type SelectionNode, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { differentialCases } from './differential-config.js';
import { readRules } from './read-rules.js';

/** Some operations over these have no plan, or are planned wrong under a condition. See divergences.md. */
const WITHOUT_PLAN = new Set([
  'interface-object-with-requires',
  'requires-parts-of-one-object',
  'requires-under-condition',
  'unreachable-field',
]);

const tape = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 150 });

// The oracle of differential.test.ts runs the same plans: what a plan gets wrong, both get wrong. Two operations that
// must agree with each other have two plans.
describe('asking what every object is changes nothing else in the answer', () => {
  const { cases, seed } = differentialCases();
  const numRuns = Math.ceil(cases / 250);
  const report = `seed ${seed}; repeat with SOUK_DIFFERENTIAL_SEED=${seed}`;

  it.each(readRules().filter(({ name }) => !WITHOUT_PLAN.has(name)))(
    'over the rule $name',
    async ({ subgraphs }) => {
      const executors = twoExecutors(subgraphs, { shows: 'required' });
      await fc.assert(
        fc.asyncProperty(tape, fc.nat(), async (numbers, worldSeed) => {
          const operation = randomOperation(executors.supergraph.api.schema, numbers);
          const more = withTypenames(operation.query);
          const dataOf = async (query: string): Promise<unknown> =>
            withoutTypenames(await answer(executors, { ...operation, query }, worldSeed));
          const about = `${more}\n${JSON.stringify(operation.variables)}\nworld ${worldSeed}\n${report}`;
          expect({ data: await dataOf(more), about }).toEqual({ data: await dataOf(operation.query), about });
        }),
        { seed, numRuns, endOnFailure: false },
      );
    },
    120_000,
  );
});

async function answer(
  executors: TwoExecutors,
  operation: Parameters<TwoExecutors['run']>[0],
  seed: number,
): Promise<unknown> {
  // In trouble, a subgraph that is asked for a type's name only may be the one that is down.
  const { ours } = await executors.run(operation, { seed, trouble: 0 });
  return ours.data;
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The same operation, asking what each object is, below the root and in every fragment. */
const withTypenames = (query: string): string =>
  print(
    visit(parse(query), {
      SelectionSet(set, _key, parent) {
        const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
        return isRoot ? undefined : { ...set, selections: [TYPENAME, ...set.selections] };
      },
    }),
  );

/** The data without what was added: random operations give no other field this name. */
const withoutTypenames = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data ?? null), (key, value: unknown) =>
    key === '__typename' ? undefined : value,
  ) as unknown;
