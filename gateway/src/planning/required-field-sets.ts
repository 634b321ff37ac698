import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { valueOf } from './unused-externals.js';

/** Where a `@requires` stands. */
export interface RequiringField {
  readonly type: string;
  /** As `Type.field`. */
  readonly field: string;
  /** The subgraph that requires, as the supergraph's enum names it. */
  readonly graph: string;
}

/** Replaces the field sets of a supergraph's `@requires` that hold arguments. */
export function mapRequired(
  supergraph: DocumentNode,
  map: (required: SelectionSetNode, by: RequiringField) => SelectionSetNode,
): DocumentNode {
  return visit(supergraph, {
    Directive(directive: DirectiveNode, _key, _parent, _path, ancestors) {
      const text = requiredIn(directive);
      const place = text?.includes('(') ? placeOf(ancestors) : undefined;
      const required = text === undefined ? undefined : fieldSet(text);
      if (!place || !required) return undefined;
      const mapped = map(required, { ...place, graph: valueOf(directive, 'graph') ?? '' });
      return withRequired(directive, print(mapped).slice(1, -1).trim());
    },
  });
}

function requiredIn({ name, arguments: given = [] }: DirectiveNode): string | undefined {
  if (name.value !== 'join__field') return undefined;
  const value = given.find((argument) => argument.name.value === 'requires')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

const withRequired = (directive: DirectiveNode, required: string): DirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).map((argument) =>
    argument.name.value === 'requires'
      ? { ...argument, value: { kind: Kind.STRING, value: required } }
      : argument,
  ),
});

function fieldSet(text: string): SelectionSetNode | undefined {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
}

/** The type and the field on which a directive stands. */
function placeOf(
  ancestors: readonly (ASTNode | readonly ASTNode[])[],
): Omit<RequiringField, 'graph'> | undefined {
  let type: string | undefined;
  let field: string | undefined;
  for (const ancestor of ancestors) {
    if (!('kind' in ancestor)) continue;
    if (ancestor.kind === Kind.OBJECT_TYPE_DEFINITION || ancestor.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      type = ancestor.name.value;
    } else if (ancestor.kind === Kind.FIELD_DEFINITION) field = ancestor.name.value;
  }
  return type === undefined || field === undefined ? undefined : { type, field: `${type}.${field}` };
}
