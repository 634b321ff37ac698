import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Answers, type Asked, type TwoExecutors, twoExecutors, type World } from '@souk/gateway/testing';
import { randomOperation } from '@souk/testkit/graphql';
import fc from 'fast-check';
import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { differentialCases } from './differential-config.js';
import { readRules } from './read-rules.js';

/** Each operation meets this many worlds, so that its plan is used again with other data. */
const WORLDS = 20;
const TROUBLES = [0, 3, 10, 30];

/** Rules that executeQueryPlan gets wrong: `expected.json` alone says what is right. See divergences.md. */
const BEYOND_THE_ORACLE = new Set([
  'interface-object-with-requires',
  'requires-arguments-and-fragments',
  'requires-list-with-arguments',
  'requires-with-arguments',
  'unreachable-field',
]);

const tape = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 300 });

describe('random operations in random worlds get what executeQueryPlan would give', () => {
  const { cases, seed } = differentialCases();
  const rules = readRules();
  const perSupergraph = Math.max(1, Math.ceil(cases / WORLDS / (rules.length + 1)));
  const report = `seed ${seed}; repeat with SOUK_DIFFERENTIAL_SEED=${seed}`;
  console.info(report);

  const compareAll = async (
    executors: TwoExecutors,
    operations: number,
    labels: Readonly<Record<string, boolean>> = {},
  ): Promise<void> => {
    const { schema } = executors.supergraph.api;
    const kinds = Object.values(OperationTypeNode).filter((kind) => schema.getRootType(kind));
    await fc.assert(
      fc.asyncProperty(tape, fc.nat(), async (numbers, worlds) => {
        const kind = kinds[numbers.length % kinds.length] ?? OperationTypeNode.QUERY;
        const operation = randomOperation(schema, numbers, { kind });
        for (let index = 0; index < WORLDS; index += 1) {
          const world: World = { seed: worlds + index, trouble: TROUBLES[index % TROUBLES.length] ?? 0 };
          const answers = await executors.run(operation, world, labels);
          expectSame(
            answers,
            `${operation.query}\n${JSON.stringify(operation.variables)}\n${JSON.stringify(world)}\n${report}`,
          );
        }
      }),
      { seed, numRuns: operations, endOnFailure: false },
    );
  };

  it.each(rules.filter(({ name }) => !BEYOND_THE_ORACLE.has(name)))(
    'over the rule $name',
    async ({ subgraphs }) => {
      await compareAll(twoExecutors(subgraphs), perSupergraph);
    },
    120_000,
  );

  it.each(rules.filter(({ queries }) => queries.some(({ labels }) => Object.keys(labels).length > 0)))(
    'over the rule $name with all its labels on',
    async ({ subgraphs, queries }) => {
      const labels = Object.assign({}, ...queries.map((query) => query.labels)) as Record<string, boolean>;
      await compareAll(twoExecutors(subgraphs), perSupergraph, labels);
    },
    120_000,
  );

  it("over the shop's supergraph", async () => {
    const folder = path.join(import.meta.dirname, '../../subgraphs');
    const names = ['users', 'products', 'inventory', 'orders', 'payments', 'shipping', 'analytics'];
    const sdl = (name: string): string => readFileSync(path.join(folder, name, 'src/schema.graphql'), 'utf8');
    const executors = twoExecutors(Object.fromEntries(names.map((name) => [name, sdl(name)])));
    await compareAll(executors, perSupergraph * 3);
  }, 120_000);
});

/** Equal data, and errors that tell the same: see divergences.md for what is left out, and why. */
function expectSame({ ours, oracle, asked, askedByOracle }: Answers, about: string): void {
  expect({ mutations: mutationsIn(asked), about }).toEqual({ mutations: mutationsIn(askedByOracle), about });
  expect({ data: ours.data, about }).toEqual({ data: oracle.data, about });
  expect({ errors: told(ours), about }).toEqual({ errors: told(oracle), about });
  for (const { path: place = [] } of ours.errors ?? []) {
    expect({ place, leadsTo: endOf(ours.data, place), about }).toEqual({ place, leadsTo: null, about });
  }
  const isIncomplete = oracle.extensions?.['valueCompletion'] !== undefined;
  if (isIncomplete) expect({ errors: ours.errors?.length, about }).not.toEqual({ errors: undefined, about });
}

/** What changes something, in the order in which it is asked for: that of the client's document. */
const mutationsIn = (asked: readonly Asked[]): readonly Asked[] =>
  asked.filter(({ query }) => query.startsWith('mutation'));

/**
 * What subgraphs reported: which subgraph, which code, which field. Not at which index: the oracle miscounts where it
 * could not ask for an object.
 */
const told = ({ errors = [] }: ExecutionResult): string[] =>
  [
    ...new Set(
      errors
        .filter(({ extensions }) => extensions['service'] !== undefined)
        .map(({ path: place = [], extensions: { service, code } }) =>
          [service, code, ...place.filter((key) => typeof key === 'string')].join(' '),
        ),
    ),
  ].sort();

/** What stands at the end of an error's path, or at the null before it: an error explains a null. */
function endOf(data: unknown, place: readonly (string | number)[]): unknown {
  let value = data;
  for (const key of place) {
    if (value === null || value === undefined) return null;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  // A field that was fetched only to join is not in the answer, and a list or object stands for what is below it.
  return typeof value === 'object' ? null : (value ?? null);
}
