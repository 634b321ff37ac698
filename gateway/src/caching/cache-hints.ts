import {
  type ConstDirectiveNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  valueFromASTUntyped,
} from 'graphql';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { CACHING_SPEC } from './caching-spec.js';

/** What one `@cacheControl` says. */
export interface CacheHint {
  /** For how long an answer may be used, in seconds. */
  readonly maxAge: number | undefined;
  readonly isPrivate: boolean;
  /** True if the parent's age counts, too, for a field that would otherwise not be cached. */
  readonly inheritMaxAge: boolean;
  /** Who says so; undefined if composition did not write it down. */
  readonly subgraph: string | undefined;
}

/** What one `@changedBy` says: these events of this subgraph tell of a change. */
export interface Change {
  /** `Product`, `ProductVariant.stock`: what changes. */
  readonly coordinate: string;
  readonly subgraph: string;
  readonly events: readonly string[];
  /** Where the event's payload has the id of the object that changed, or a list of ids. @default every object */
  readonly id: string | undefined;
  /** The field of the object that holds this id. */
  readonly field: string;
}

/** The caching directives of a supergraph, and which subgraphs answer which fields. */
export interface CacheHints {
  readonly ofField: (parent: GraphQLObjectType, field: string) => readonly CacheHint[];
  readonly ofType: (type: string) => readonly CacheHint[];
  readonly changesOfField: (parent: GraphQLObjectType, field: string) => readonly Change[];
  readonly changesOfType: (type: string) => readonly Change[];
  /** Every `@changedBy` there is. */
  readonly changes: readonly Change[];
  /** The subgraphs that can answer a field. */
  readonly ownersOf: (parent: GraphQLObjectType, field: string) => readonly string[];
  /** Whether a field is part of what identifies objects of its type. */
  readonly isKey: (type: string, field: string) => boolean;
  /** The subgraphs that know a type. */
  readonly contributorsTo: (type: string) => readonly string[];
}

/** Reads the directives; undefined for a supergraph that has no hints, where nothing is ever cached. */
export function readCacheHints({ internal, full }: LoadedSupergraph): CacheHints | undefined {
  const feature = internal.schema.coreFeatures?.getByIdentity(CACHING_SPEC);
  const controlName = feature?.directiveNameInSchema('cacheControl');
  const changedName = feature?.directiveNameInSchema('changedBy');
  if (controlName === undefined) return undefined;

  const graphs = graphNames(full);
  const hints = new Map<string, readonly CacheHint[]>();
  const changes = new Map<string, readonly Change[]>();
  const owners = new Map<string, readonly string[]>();
  const keys = new Map<string, string>();
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const given = applications(directives, controlName).map(hintOf);
    if (given.length > 0) hints.set(coordinate, given);
    const changed = applications(directives, changedName).flatMap((values) => changeOf(coordinate, values));
    if (changed.length > 0) changes.set(coordinate, changed);
    const joined = [...applications(directives, 'join__type'), ...applications(directives, 'join__field')]
      .filter((values) => values['external'] !== true && values['usedOverridden'] !== true)
      .flatMap(({ graph }) => graphs.get(String(graph)) ?? []);
    const key = applications(directives, 'join__type')
      .flatMap((values) => text(values['key']) ?? [])
      .filter((one) => !one.includes('{'));
    if (key.length > 0) keys.set(coordinate, ` ${key.join(' ')} `);
    if (joined.length > 0) owners.set(coordinate, [...new Set(joined)]);
  };
  for (const type of Object.values(full.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type)) continue;
    read(type.name, type.astNode?.directives);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      read(`${type.name}.${field.name}`, field.astNode?.directives);
  }

  const at = <Value>(from: ReadonlyMap<string, readonly Value[]>, coordinate: string): readonly Value[] =>
    from.get(coordinate) ?? [];
  return {
    ofField: (parent, field) => at(hints, `${parent.name}.${field}`),
    ofType: (type) => at(hints, type),
    changesOfField: (parent, field) => at(changes, `${parent.name}.${field}`),
    changesOfType: (type) => at(changes, type),
    changes: [...changes.values()].flat(),
    ownersOf: (parent, field) => owners.get(`${parent.name}.${field}`) ?? at(owners, parent.name),
    isKey: (type, field) => keys.get(type)?.includes(` ${field} `) ?? false,
    contributorsTo: (type) => at(owners, type),
  };
}

type Values = Readonly<Record<string, unknown>>;

const applications = (directives: readonly ConstDirectiveNode[], name: string | undefined): Values[] =>
  directives
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((given) => [given.name.value, valueFromASTUntyped(given.value)]),
      ),
    );

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const hintOf = ({ maxAge, scope, inheritMaxAge, subgraph }: Values): CacheHint => ({
  maxAge: typeof maxAge === 'number' ? maxAge : undefined,
  isPrivate: scope === 'PRIVATE',
  inheritMaxAge: inheritMaxAge === true,
  subgraph: text(subgraph),
});

/** Without a subgraph nobody knows whose events are meant; composition says it. */
function changeOf(coordinate: string, { events, id, field, subgraph }: Values): readonly Change[] {
  const source = text(subgraph);
  if (source === undefined || !Array.isArray(events)) return [];
  const types = events.filter((event) => typeof event === 'string');
  return [{ coordinate, subgraph: source, events: types, id: text(id), field: text(field) ?? 'id' }];
}

/** Supergraphs name subgraphs by values of an enum: `INVENTORY` is `inventory`. */
function graphNames(full: GraphQLSchema): ReadonlyMap<string, string> {
  const graphs = full.getType('join__Graph');
  if (!isEnumType(graphs)) return new Map();
  return new Map(
    graphs.getValues().flatMap(({ name, astNode }) => {
      const [joined] = applications(astNode?.directives ?? [], 'join__graph');
      return typeof joined?.['name'] === 'string' ? [[name, joined['name']] as const] : [];
    }),
  );
}
