import { type ConstDirectiveNode, type DirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql';

/** Names of fields that need other fields, by `@requires`, in some subgraph. */
export function fieldsThatRequire(supergraphSdl: string): ReadonlySet<string> {
  const names = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    FieldDefinition({ name, directives = [] }) {
      if (directives.some(hasRequires)) names.add(name.value);
    },
  });
  return names;
}

/**
 * Moves `@skip` and `@include` from fields that require others to a fragment around them, which means the same. The
 * planner makes one step of `{ shipping @include(if: $full) label }`, whose objects must bring the weight that
 * `shipping` requires; the weight is fetched under the condition only, so `label` would be null without an error.
 * Around a fragment, it tells the two apart.
 *
 * @param names what {@link fieldsThatRequire} found
 * @returns the document itself if nothing had to change
 */
export function wrapConditionalRequirements(
  document: DocumentNode,
  names: ReadonlySet<string>,
): DocumentNode {
  if (names.size === 0) return document;
  return visit(document, {
    Field: {
      leave(field) {
        const { directives = [] } = field;
        if (!names.has(field.name.value) || !directives.some(isCondition)) return undefined;
        const others = directives.filter((directive) => !isCondition(directive));
        return {
          kind: Kind.INLINE_FRAGMENT,
          directives: directives.filter(isCondition),
          selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, directives: others }] },
        };
      },
    },
  });
}

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

const hasRequires = ({ name, arguments: given = [] }: ConstDirectiveNode): boolean =>
  name.value === 'join__field' && given.some((argument) => argument.name.value === 'requires');
