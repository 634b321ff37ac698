import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DocumentNode, Kind, parse, print } from 'graphql';

/** One rule of federation, as a folder: tiny subgraphs, queries, and what they must give. */
export interface FederationRule {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly queries: readonly { readonly name: string; readonly query: string }[];
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
    queries: queriesIn(parse(read('queries.graphql'))),
    expected: path.join(folder, 'expected.json'),
  };
}

const queriesIn = ({ definitions }: DocumentNode): FederationRule['queries'] =>
  definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? [{ name: definition.name?.value ?? '', query: print(definition) }]
      : [],
  );
