import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DocumentNode, Kind, parse, print } from 'graphql';

/** One rule of federation, as a folder: tiny subgraphs, queries, and what they must give. */
export interface FederationRule {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly queries: readonly {
    readonly name: string;
    readonly query: string;
    /** Labels of @override that are on: what labels.json says for this query. */
    readonly labels: Readonly<Record<string, boolean>>;
  }[];
  /** The file with what each query gives. */
  readonly expected: string;
}

const here = import.meta.dirname;

/** Reads every folder beside this file that holds a rule. */
export function readRules(): FederationRule[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readRule(name))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function readRule(name: string): FederationRule {
  const folder = path.join(here, name);
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql') && file !== 'queries.graphql');
  const subgraphs = files
    .sort()
    .map((file): [string, string] => [path.basename(file, '.graphql'), read(file)]);
  return {
    name,
    subgraphs: Object.fromEntries(subgraphs),
    queries: queriesIn(parse(read('queries.graphql')), labelsIn(path.join(folder, 'labels.json'))),
    expected: path.join(folder, 'expected.json'),
  };
}

/** Labels by query. */
type Labels = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

// Our own file, beside the queries it is about.
const labelsIn = (file: string): Labels =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Labels) : {};

const queriesIn = ({ definitions }: DocumentNode, labels: Labels): FederationRule['queries'] =>
  definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const name = definition.name?.value ?? '';
    return [{ name, query: print(definition), labels: labels[name] ?? {} }];
  });
