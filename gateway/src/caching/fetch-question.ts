import { createHash } from 'node:crypto';
import type { FetchNode } from '@apollo/query-planner';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { CacheHints } from './cache-hints.js';
import { type CachePolicy, policyOf } from './cache-policy.js';
import { canonicalJson } from './canonical-json.js';
import { type CollectTags, compileTags } from './dependencies.js';
import { fragmentsOf } from './fragments.js';

/** What a fetch of a plan asks, as far as caching goes. */
export interface FetchQuestion {
  readonly policy: CachePolicy;
  readonly collectTags: CollectTags | undefined;
  /** Equal for equal questions of one supergraph, whichever operation they are part of. */
  readonly id: string;
  /** The variables it uses, as part of a key. */
  variablesKey(variables: Readonly<Record<string, unknown>>): string;
}

export interface QuestionScope {
  readonly schema: GraphQLSchema;
  readonly hints: CacheHints;
  /** Tells supergraphs apart. */
  readonly version: string;
}

/** Works out the policy of a fetch; undefined if nothing of it may be kept. */
export function fetchQuestion(fetch: FetchNode, scope: QuestionScope): FetchQuestion | undefined {
  const { serviceName, operation, operationName = '', variableUsages = [], operationKind } = fetch;
  if (operationKind !== OperationTypeNode.QUERY) return undefined;
  const document = parse(operation, { noLocation: true });
  const fragments = fragmentsOf(document);
  const [definition] = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [one] : [],
  );
  if (!definition) return undefined;
  const { schema, hints, version } = scope;
  const asked = fetch.requires ? entitiesOf(definition.selectionSet) : definition.selectionSet;
  if (!asked) return undefined;
  const query = schema.getQueryType();
  const declared = fetch.requires ? typesAsked(asked, fragments, schema) : query ? [query] : [];
  const within = { schema, hints, fragments, servedBy: serviceName };
  const policy = policyOf(asked, declared, within);
  if (policy.maxAge <= 0) return undefined;

  const nameless = operationName === '' ? operation : operation.replace(operationName, '');
  const id = createHash('sha256')
    .update(JSON.stringify([version, serviceName, nameless]))
    .digest('base64url')
    .slice(0, 22);
  return {
    policy,
    collectTags: compileTags([asked], declared, within),
    id,
    variablesKey: (variables) =>
      variableUsages.length === 0 ? '' : canonicalJson(variableUsages.map((name) => variables[name])),
  };
}

/** `{ _entities(representations: …) { … } }`: what is asked of each entity. */
function entitiesOf({ selections }: SelectionSetNode): SelectionSetNode | undefined {
  const [only] = selections;
  return only?.kind === Kind.FIELD ? only.selectionSet : undefined;
}

/** The types that an entity fetch has questions for. */
function typesAsked(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, { readonly on: string }>,
  schema: GraphQLSchema,
): readonly GraphQLNamedType[] {
  const names = selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection.typeCondition?.name.value ?? [];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return fragments.get(selection.name.value)?.on ?? [];
    return [];
  });
  return [...new Set(names)].flatMap((name) => schema.getType(name) ?? []);
}
