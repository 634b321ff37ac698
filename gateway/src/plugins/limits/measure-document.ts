import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation, or a part of one, is with its fragments expanded. */
export interface Extent {
  readonly fields: number;
  readonly aliases: number;
  readonly depth: number;
  /** Fields at the top: for an operation, its root fields. */
  readonly top: number;
}

/** How large a document is; of its operations, the most that any has. */
export interface DocumentExtent extends Extent {
  readonly directives: number;
  /** How often one name of the answer stands in one place, where that is most. */
  readonly repeats: number;
}

const NOTHING: Extent = { fields: 0, aliases: 0, depth: 0, top: 0 };

/**
 * Measures a document that was parsed and nothing else: its fragments may be missing or form cycles, which validation
 * will say. A fragment is measured once, however often it is spread, so that chains of fragments do not multiply the
 * work; the sums still count it each time.
 */
export function measureDocument(document: DocumentNode): DocumentExtent {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<FragmentDefinitionNode, Extent>();
  let directives = 0;
  let repeats = 0;

  const ofFragment = (fragment: FragmentDefinitionNode): Extent => {
    const before = known.get(fragment);
    if (before) return before;
    // What is met again inside itself is a cycle.
    known.set(fragment, NOTHING);
    const extent = ofSelections(fragment.selectionSet);
    known.set(fragment, extent);
    return extent;
  };

  const ofSelections = (set: SelectionSetNode): Extent => {
    let { fields, aliases, depth, top } = NOTHING;
    for (const selection of set.selections) {
      directives += selection.directives?.length ?? 0;
      let inner = NOTHING;
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) {
          inner = ofSelections(selection.selectionSet);
          repeats = Math.max(repeats, mostRepeated(selection.selectionSet, fragments));
        }
        fields += 1;
        top += 1;
        if (selection.alias) aliases += 1;
        depth = Math.max(depth, inner.depth + 1);
      } else {
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
        if (selection.kind === Kind.INLINE_FRAGMENT) inner = ofSelections(selection.selectionSet);
        else if (fragment) inner = ofFragment(fragment);
        top += inner.top;
        depth = Math.max(depth, inner.depth);
      }
      fields += inner.fields;
      aliases += inner.aliases;
    }
    return { fields, aliases, depth, top };
  };

  let most = NOTHING;
  for (const definition of document.definitions) {
    directives += directivesOf(definition);
    if (definition.kind === Kind.FRAGMENT_DEFINITION) ofFragment(definition);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const variable of definition.variableDefinitions ?? []) directives += directivesOf(variable);
    repeats = Math.max(repeats, mostRepeated(definition.selectionSet, fragments));
    most = larger(most, ofSelections(definition.selectionSet));
  }
  return { ...most, directives, repeats };
}

const directivesOf = (node: ASTNode): number => ('directives' in node ? (node.directives?.length ?? 0) : 0);

const larger = (one: Extent, other: Extent): Extent => ({
  fields: Math.max(one.fields, other.fields),
  aliases: Math.max(one.aliases, other.aliases),
  depth: Math.max(one.depth, other.depth),
  top: Math.max(one.top, other.top),
});

/** How often the most frequent name stands in one selection set and the fragments spread there. */
function mostRepeated(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): number {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  let most = 0;
  const count = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const times = (counts.get(key) ?? 0) + 1;
        counts.set(key, times);
        if (times > most) most = times;
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        count(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        // Validation, too, looks into a fragment once for each place.
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) count(fragment.selectionSet);
      }
    }
  };
  count(set);
  return most;
}
