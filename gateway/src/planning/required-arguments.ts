import {
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  print,
  type SelectionSetNode,
} from 'graphql';
import { type FieldsOfType, fieldsByType, innermost, withFields } from './fields-by-type.js';
import { mapRequired } from './required-field-sets.js';
import { type StandInUses, standInName } from './stand-in.js';
import { type Replaced, withoutUnusedExternals } from './unused-externals.js';

export interface WithStandIns {
  readonly document: DocumentNode;
  /** Empty if there is nothing to stand in for; the document is then the same. */
  readonly uses: StandInUses;
}

/**
 * Gives each field that a `@requires` wants with certain arguments a name of its own in the supergraph that is
 * planned. The planner merges equal names without looking at their arguments: `price(currency: "USD")` for one field,
 * `price(currency: "EUR")` for another and `price(currency: "CHF")` for the client would be one fetch, with one of the
 * three answers for all. Plans get the real names back in restore-plan.ts.
 */
export function withStandIns(supergraph: DocumentNode): WithStandIns {
  const types = fieldsByType(supergraph);
  const standIns = createStandIns(types);
  const uses = new Map<string, Set<string>>();

  /** @param use told where each stand-in stands: its name after those of the fields around it */
  const rename = (
    set: SelectionSetNode,
    typename: string,
    graph: string,
    use: (place: string) => void,
  ): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? typename;
        return { ...selection, selectionSet: rename(selection.selectionSet, on, graph, use) };
      }
      const { selectionSet } = selection;
      const type = types.get(typename)?.fields.get(selection.name.value)?.type;
      const hasArguments = Boolean(selection.arguments?.length);
      const name = hasArguments ? standIns.nameFor(typename, selection, graph) : selection.name.value;
      if (hasArguments) use(name);
      const useInside = (place: string): void => use(`${name}.${place}`);
      const inner =
        selectionSet && type ? { selectionSet: rename(selectionSet, innermost(type), graph, useInside) } : {};
      return { ...selection, ...inner, ...(hasArguments ? { name: { kind: Kind.NAME, value: name } } : {}) };
    }),
  });

  const renamed = mapRequired(supergraph, (required, { type, field, graph }) => {
    const used = uses.get(field) ?? new Set<string>();
    uses.set(field, used);
    return rename(required, type, graph, (place) => used.add(place));
  });
  if (standIns.replaced.length === 0) return { document: supergraph, uses };
  const document = withFields(
    withoutUnusedExternals(renamed, standIns.replaced),
    standIns.definitionsIn(fieldsByType(renamed)),
  );
  return { document, uses };
}

interface StandIns {
  /** The stand-in for a field with these arguments: one for all types that have it. */
  nameFor(typename: string, field: FieldNode, graph: string): string;
  /**
   * Their definitions, by type and name: those of the fields that they stand for, which may require stand-ins
   * themselves.
   */
  definitionsIn(
    renamed: ReadonlyMap<string, FieldsOfType>,
  ): ReadonlyMap<string, ReadonlyMap<string, FieldDefinitionNode>>;
  /** What they stand for. */
  readonly replaced: readonly Replaced[];
}

function createStandIns(types: ReadonlyMap<string, FieldsOfType>): StandIns {
  const names = new Map<string, string>();
  /** By type: what each of its stand-ins stands for. */
  const added = new Map<string, Map<string, string>>();
  const replaced: Replaced[] = [];

  const add = (typename: string, field: string, standIn: string): void => {
    if (!types.get(typename)?.fields.has(field)) return;
    const fields = added.get(typename) ?? new Map<string, string>();
    added.set(typename, fields.set(standIn, field));
  };
  return {
    replaced,
    definitionsIn: (renamed) =>
      new Map(
        [...added].map(([typename, fields]) => {
          const known = renamed.get(typename)?.fields;
          const definitions = [...fields].flatMap(([standIn, field]): [string, FieldDefinitionNode][] => {
            const definition = known?.get(field);
            return definition
              ? [[standIn, { ...definition, name: { kind: Kind.NAME, value: standIn } }]]
              : [];
          });
          return [typename, new Map(definitions)];
        }),
      ),
    nameFor(typename, { name: { value: field }, arguments: given = [] }, graph) {
      replaced.push({ graph, type: typename, field });
      const call = `${field}(${given.map(print).join(',')})`;
      const standIn = names.get(call) ?? standInName(names.size, field);
      names.set(call, standIn);
      add(typename, field, standIn);
      if (types.get(typename)?.isInterface) {
        for (const [name, { interfaces }] of types) {
          if (interfaces.has(typename)) add(name, field, standIn);
        }
      }
      return standIn;
    },
  };
}
