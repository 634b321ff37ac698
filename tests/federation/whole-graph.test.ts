import { twoExecutors, wholeGraph } from '@souk/gateway/testing';
import { randomOperation } from '@souk/testkit/graphql';
import fc from 'fast-check';
import { OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { differentialCases } from './differential-config.js';
import { HARD_SUPERGRAPHS } from './hard-supergraphs.js';
import { otherwise, TURNS } from './otherwise.js';
import { readRules } from './read-rules.js';

/** Rules that one graph cannot express, and why. */
const NOT_ONE_GRAPH: Readonly<Record<string, string>> = {
  'federation-1': 'a subgraph computes from what it @provides itself, which made-up subgraphs do not show',
  inaccessible: 'objects are known by a key that is not their id',
  'null-keys': 'objects are known by keys that are not their id',
  'several-keys': 'objects are known by keys that are not their id',
  'unreachable-field': 'some fields have no answer by purpose',
};

const PEACE = { seed: 1, trouble: 0 };

const tape = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 200 });

// differential.test.ts gives both executors the same plan, metamorphic.test.ts compares plans with each other. Here is no
// plan at all on the other side.
describe('random operations get what one graph without subgraphs would give', () => {
  const { cases, seed } = differentialCases();
  const numRuns = Math.ceil(cases / 250);
  const report = `seed ${seed}; repeat with SOUK_DIFFERENTIAL_SEED=${seed}`;
  console.info(report);

  const supergraphs = [...readRules(), ...HARD_SUPERGRAPHS];
  it.each(supergraphs.filter(({ name }) => !(name in NOT_ONE_GRAPH)))(
    'over $name',
    async ({ subgraphs }) => {
      const executors = twoExecutors(subgraphs, { shows: 'required' });
      const { schema } = executors.supergraph.api;
      const answerAtOnce = wholeGraph(schema, subgraphs);
      const kinds = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].filter((kind) =>
        schema.getRootType(kind),
      );
      await fc.assert(
        fc.asyncProperty(tape, async (numbers) => {
          const kind = kinds[numbers.length % kinds.length] ?? OperationTypeNode.QUERY;
          const { query, variables } = randomOperation(schema, numbers, { kind, maxFields: 12 });
          for (let turn = 0; turn < TURNS; turn += 1) {
            const operation = { query, variables: otherwise(variables, turn) };
            const about = `${query}\n${JSON.stringify(operation.variables)}\n${report}`;
            const { ours } = await executors.run(operation, PEACE);
            expect({ data: ours.data, about }).toEqual({ data: answerAtOnce(operation).data, about });
          }
        }),
        { seed, numRuns, endOnFailure: false },
      );
    },
    120_000,
  );
});
