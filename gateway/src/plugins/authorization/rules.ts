import {
  type ConstDirectiveNode,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { Clause } from './clause.js';

/** What `@authenticated`, `@requiresScopes` and `@policy` of a supergraph demand. */
export interface Rules {
  /** True if nothing is demanded anywhere. */
  readonly isEmpty: boolean;
  /** Names of all policies. */
  readonly policies: readonly string[];
  /** Everything that somebody must meet to read a field that was asked for on a type. All must hold. */
  clausesOf(typename: string, field: string): readonly Clause[];
}

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[];
}

const NOTHING: readonly Clause[] = [];
const known = new WeakMap<LoadedSupergraph, Rules>();

/** The rules of a supergraph, read once. They are in the full schema: what clients see does not have them. */
export function rulesOf(supergraph: LoadedSupergraph): Rules {
  const before = known.get(supergraph);
  if (before) return before;
  const rules = readRules(supergraph);
  known.set(supergraph, rules);
  return rules;
}

function readRules({ full, internal }: LoadedSupergraph): Rules {
  const nameOf = (directive: string): string =>
    internal.schema.coreFeatures
      ?.getByIdentity(`https://specs.apollo.dev/${directive}`)
      // Not linked but there all the same: a supergraph from which somebody took the link is still enforced.
      ?.directiveNameInSchema(directive) ?? directive;
  const names = {
    authenticated: nameOf('authenticated'),
    scopes: nameOf('requiresScopes'),
    policies: nameOf('policy'),
  };
  const interned = new Map<string, Clause>();
  const intern = (clause: Clause): Clause => {
    const key = JSON.stringify(clause);
    const same = interned.get(key);
    if (same) return same;
    interned.set(key, clause);
    return clause;
  };

  const read = ({ name, arguments: given = [] }: ConstDirectiveNode): Clause | undefined => {
    if (name.value === names.authenticated) return intern({ kind: 'authenticated' });
    const kind = (['scopes', 'policies'] as const).find((one) => names[one] === name.value);
    const value = given.find((argument) => argument.name.value === kind)?.value;
    if (!kind || !value) return undefined;
    const anyOf = sortedSets(valueFromASTUntyped(value));
    // Composition takes an empty choice, or an empty set in it, for "nothing is demanded".
    return anyOf.length === 0 || anyOf.some((all) => all.length === 0) ? undefined : intern({ kind, anyOf });
  };
  const clausesOn = (definition: Annotated | null | undefined): readonly Clause[] =>
    definition?.directives?.flatMap((directive) => read(directive) ?? []) ?? NOTHING;

  const implementations = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    isInterfaceType(type) ? full.getPossibleTypes(type) : [];

  const clausesOfType = (type: GraphQLNamedType): readonly Clause[] => [
    ...clausesOn(type.astNode),
    ...type.extensionASTNodes.flatMap((node) => clausesOn(node)),
    ...implementations(type).flatMap(clausesOfType),
  ];

  /** Through an interface only those may ask who may ask every implementation: which it will be is not known yet. */
  const clausesOfField = (type: GraphQLNamedType, name: string): readonly Clause[] => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!field) return NOTHING;
    return [
      ...clausesOfType(type),
      ...clausesOn(field.astNode),
      ...clausesOfType(getNamedType(field.type)),
      ...implementations(type).flatMap((implementation) => clausesOfField(implementation, name)),
    ];
  };

  const byField = new Map<string, readonly Clause[]>();
  for (const type of Object.values(full.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const name of Object.keys(type.getFields())) {
      const clauses = [...new Set(clausesOfField(type, name))];
      if (clauses.length > 0) byField.set(`${type.name}.${name}`, clauses);
    }
  }
  const policies = [...interned.values()].flatMap((clause) =>
    clause.kind === 'policies' ? clause.anyOf.flat() : [],
  );
  return {
    isEmpty: byField.size === 0,
    policies: [...new Set(policies)].sort(),
    clausesOf: (typename, field) => byField.get(`${typename}.${field}`) ?? NOTHING,
  };
}

/** `[["b", "a"]]` and `[["a", "b"]]` demand the same. */
function sortedSets(value: unknown): string[][] {
  const sets = listOf(value).map((set) => [...new Set(listOf(set).map(String))].sort());
  return sets.sort((left, right) => (left.join('\0') < right.join('\0') ? -1 : 1));
}

/** A single value stands for a list of one, as everywhere in GraphQL. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
