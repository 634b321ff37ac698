import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Answers, type Asked, type TwoExecutors, twoExecutors, type World } from '@souk/gateway/testing';
import { randomOperation } from '@souk/testkit/graphql';
import fc from 'fast-check';
import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { differentialCases } from './differential-config.js';
import { otherwise } from './otherwise.js';
import { readRules } from './read-rules.js';

/** Each operation meets this many worlds, so that its plan is used again with other data. */
const WORLDS = 20;
const TROUBLES = [0, 3, 10, 30];

/** Rules that executeQueryPlan gets wrong: `expected.json` alone says what is right. See divergences.md. */
const BEYOND_THE_ORACLE = new Set([
  'interface-object-with-requires',
  'requires-arguments-and-fragments',
  'requires-list-with-arguments',
  'requires-parts-of-one-object',
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
          const variables = otherwise(operation.variables, Math.floor(index / TROUBLES.length));
          const answers = await executors.run({ ...operation, variables }, world, labels);
          expectSame(
            answers,
            `${operation.query}\n${JSON.stringify(variables)}\n${JSON.stringify(world)}\n${report}`,
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

/** Equal data, and errors at places that are right: see divergences.md for what is left out, and why. */
function expectSame(answers: Answers, about: string): void {
  const { ours, oracle, completed, isSpoiled, isLost, asked, askedByOracle } = answers;
  if (!isLost)
    expect({ mutations: mutationsIn(asked), about }).toEqual({
      mutations: mutationsIn(askedByOracle),
      about,
    });
  if (!isSpoiled) expect({ data: ours.data, about }).toEqual({ data: oracle.data, about });
  // Without data, the oracle tells nothing but what stopped it.
  if (!isLost && oracle.data !== undefined)
    expect({ errors: reported(ours, answers), about }).toEqual({ errors: reported(oracle, answers), about });
  const reports = (ours.errors ?? []).filter(isReported);
  for (const { path: place = [] } of reports) {
    expect({ place, leadsTo: endOf(ours.data, place), about }).toEqual({ place, leadsTo: null, about });
  }
  if (!completed) return;
  expect({ data: ours.data, about }).toEqual({ data: completed.data, about });
  expect({ explained: explained(ours, reports), about }).toEqual({
    explained: explained(completed, reports),
    about,
  });
}

/** What changes something, in the order in which it is asked for: that of the client's document. */
const mutationsIn = (asked: readonly Asked[]): readonly Asked[] =>
  asked.filter(({ query }) => query.startsWith('mutation'));

type Place = readonly (string | number)[];
type Errors = NonNullable<ExecutionResult['errors']>;

const isReported = ({ extensions }: Errors[number]): boolean => extensions['service'] !== undefined;
const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** What subgraphs reported: which subgraph, which code, and at which place, as far as the oracle counts right. */
const reported = ({ errors = [] }: ExecutionResult, { miscounted }: Answers): readonly string[] =>
  sorted(
    errors.filter(isReported).map(({ path: place = [], extensions: { service, code } }) => {
      const keys = place.filter((key) => typeof key === 'string');
      const isMiscounted = miscounted.some((start) => start.every((key, index) => keys[index] === key));
      return [service, code, ...(isMiscounted ? keys : place)].join(' ');
    }),
  );

/** The nulls that some error explains which no subgraph reported. */
const explained = ({ data, errors = [] }: ExecutionResult, reports: Errors): readonly string[] =>
  sorted(
    errors
      .filter((error) => !isReported(error))
      .map(({ path = [] }) => nullAt(data, path))
      .filter((place) => !reports.some(({ path }) => !path || areRelated(path, place)))
      .map((place) => place.join(' ')),
  );

const areRelated = (one: Place, other: Place): boolean =>
  one.slice(0, other.length).every((key, index) => key === other[index]);

/** The null that an error explains: a field that may not be null takes its parents along. */
function nullAt(data: unknown, place: Place): Place {
  let value = data;
  for (let depth = 0; depth <= place.length; depth += 1) {
    if (value === null || value === undefined) return place.slice(0, depth);
    value = (value as Readonly<Record<string | number, unknown>>)[place[depth] ?? ''];
  }
  return [...place, 'is not null'];
}

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
