import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type TypeNode,
  visit,
} from 'graphql';
import { type Replaced, valueOf, withoutUnusedExternals } from './unused-externals.js';

const STAND_IN = /^_souk\d+_/;

/** The field that a stand-in stands for; any other name is returned as it is. */
export const originalName = (name: string): string => name.replace(STAND_IN, '');

/** Which stand-ins the `@requires` of a field names, by `Type.field`. */
export type StandInUses = ReadonlyMap<string, ReadonlySet<string>>;

export interface WithStandIns {
  readonly document: DocumentNode;
  /** Empty if there is nothing to stand in for; the document is then the same. */
  readonly uses: StandInUses;
}

export const isStandIn = (name: string): boolean => STAND_IN.test(name);

/** The @requires that is being renamed. */
interface Requiring {
  readonly graph: string;
  readonly used: Set<string>;
}

interface FieldsOfType {
  readonly fields: Map<string, FieldDefinitionNode>;
  readonly isInterface: boolean;
  readonly interfaces: ReadonlySet<string>;
}

/**
 * Gives each field that a `@requires` wants with certain arguments a name of its own in the supergraph that is
 * planned. The planner merges equal names without looking at their arguments: `price(currency: "USD")` for one field,
 * `price(currency: "EUR")` for another and `price(currency: "CHF")` for the client would be one fetch, with one of the
 * three answers for all. Plans get the real names back in restore-plan.ts.
 */
export function withStandIns(supergraph: DocumentNode): WithStandIns {
  const types = fieldsByType(supergraph);
  const standIns = new Map<string, string>();
  const uses = new Map<string, Set<string>>();
  const replaced: Replaced[] = [];
  const added = new Map<string, Map<string, FieldDefinitionNode>>();

  const add = (typename: string, field: string, standIn: string): void => {
    const definition = types.get(typename)?.fields.get(field);
    if (!definition) return;
    const fields = added.get(typename) ?? new Map<string, FieldDefinitionNode>();
    added.set(typename, fields);
    fields.set(standIn, { ...definition, name: { kind: Kind.NAME, value: standIn } });
  };
  const standInFor = (typename: string, field: FieldNode, graph: string): string => {
    replaced.push({ graph, type: typename, field: field.name.value });
    const call = `${field.name.value}(${(field.arguments ?? []).map(print).join(',')})`;
    const standIn = standIns.get(call) ?? `_souk${standIns.size}_${field.name.value}`;
    standIns.set(call, standIn);
    add(typename, field.name.value, standIn);
    if (types.get(typename)?.isInterface) {
      for (const [name, { interfaces }] of types) {
        if (interfaces.has(typename)) add(name, field.name.value, standIn);
      }
    }
    return standIn;
  };
  const rename = (set: SelectionSetNode, typename: string, from: Requiring): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? typename;
        return { ...selection, selectionSet: rename(selection.selectionSet, on, from) };
      }
      const type = types.get(typename)?.fields.get(selection.name.value)?.type;
      const standIn = selection.arguments?.length ? standInFor(typename, selection, from.graph) : undefined;
      if (standIn !== undefined) from.used.add(standIn);
      const renamed =
        standIn === undefined
          ? selection
          : { ...selection, name: { kind: Kind.NAME as const, value: standIn } };
      return renamed.selectionSet && type
        ? { ...renamed, selectionSet: rename(renamed.selectionSet, nameOf(type), from) }
        : renamed;
    }),
  });

  const renamed = visit(supergraph, {
    Directive(directive: DirectiveNode, _key, _parent, _path, ancestors) {
      const required = requiredBy(directive);
      const around = required?.includes('(') ? placeOf(ancestors) : undefined;
      const set = required === undefined ? undefined : fieldSet(required);
      if (!around || !set) return undefined;
      const used = uses.get(around.field) ?? new Set<string>();
      uses.set(around.field, used);
      return withRequired(
        directive,
        print(rename(set, around.type, { graph: valueOf(directive, 'graph') ?? '', used }))
          .slice(1, -1)
          .trim(),
      );
    },
  });
  if (standIns.size === 0) return { document: supergraph, uses };
  const addFields = <
    Definition extends {
      readonly name: { readonly value: string };
      readonly fields?: readonly FieldDefinitionNode[];
    },
  >(
    definition: Definition,
  ) => {
    const fields = added.get(definition.name.value);
    return fields ? { ...definition, fields: [...(definition.fields ?? []), ...fields.values()] } : undefined;
  };
  return {
    document: visit(withoutUnusedExternals(renamed, replaced), {
      ObjectTypeDefinition: addFields,
      InterfaceTypeDefinition: addFields,
    }),
    uses,
  };
}

/** Gives the fields of a fetch's operation their real names; the answer keeps the stand-in as its key. */
export function restoreOperation(operation: string): string {
  if (!operation.includes('_souk')) return operation;
  const restored = visit(parse(operation, { noLocation: true }), {
    Field(field) {
      if (!isStandIn(field.name.value)) return undefined;
      return {
        ...field,
        alias: field.alias ?? field.name,
        name: { kind: Kind.NAME, value: originalName(field.name.value) },
      };
    },
  });
  return stripIgnoredCharacters(print(restored));
}

function fieldsByType(document: DocumentNode): Map<string, FieldsOfType> {
  const types = new Map<string, FieldsOfType>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    types.set(definition.name.value, {
      fields: new Map((definition.fields ?? []).map((field) => [field.name.value, field])),
      isInterface: definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
      interfaces: new Set((definition.interfaces ?? []).map(({ name }) => name.value)),
    });
  }
  return types;
}

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

function requiredBy({ name, arguments: given = [] }: DirectiveNode): string | undefined {
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
): { readonly type: string; readonly field: string } | undefined {
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
