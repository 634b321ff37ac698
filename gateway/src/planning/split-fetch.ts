import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import { isStandIn, originalName, originalPlace, type StandInUses } from './stand-in.js';

/**
 * Splits a fetch whose representations would have to hold two values for one field: `price` in dollars for one of the
 * fields it asks for, in euros for another. Each part brings the one value its fields need.
 */
export function splitFetch(fetch: FetchNode, uses: StandInUses): readonly FetchNode[] {
  const { requires } = fetch;
  const contested = contestedIn(requires ?? []);
  if (!requires || contested.size === 0) return [fetch];

  const document = parse(fetch.operation, { noLocation: true });
  // One part for each set of stand-ins that get along with each other.
  const parts: { readonly chosen: Map<string, string>; readonly fields: Set<FieldNode> }[] = [];
  for (const { on, field } of entityFields(document)) {
    // A stand-in requires what the field requires that it stands for.
    const places = uses.get(`${on}.${originalName(field.name.value)}`) ?? [];
    const wanted = [...places].filter((place) => contested.has(place));
    const fits = parts.find(({ chosen }) =>
      wanted.every((place) => (chosen.get(originalPlace(place)) ?? place) === place),
    );
    const part = fits ?? { chosen: new Map<string, string>(), fields: new Set<FieldNode>() };
    if (!fits) parts.push(part);
    for (const place of wanted) part.chosen.set(originalPlace(place), place);
    part.fields.add(field);
  }
  return parts.map(({ chosen, fields }) => {
    const kept = new Set(chosen.values());
    return {
      ...fetch,
      ...only(document, fields),
      requires: requires.flatMap((selection) =>
        without(selection, '', (place) => contested.has(place) && !kept.has(place)),
      ),
    };
  });
}

const below = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

/** Where stand-ins of one and the same field want the same place. */
function contestedIn(selections: readonly QueryPlanSelectionNode[]): Set<string> {
  const byOriginal = new Map<string, Set<string>>();
  const walk = (nested: readonly QueryPlanSelectionNode[], around: string): void => {
    for (const selection of nested) {
      const place = selection.kind === 'Field' ? below(around, selection.name) : around;
      if (selection.kind === 'Field' && isStandIn(selection.name)) {
        const original = originalPlace(place);
        byOriginal.set(original, (byOriginal.get(original) ?? new Set()).add(place));
      }
      walk(selection.selections ?? [], place);
    }
  };
  walk(selections, '');
  return new Set([...byOriginal.values()].filter(({ size }) => size > 1).flatMap((places) => [...places]));
}

function without(
  selection: QueryPlanSelectionNode,
  around: string,
  isUnwanted: (place: string) => boolean,
): QueryPlanSelectionNode[] {
  const place = selection.kind === 'Field' ? below(around, selection.name) : around;
  if (selection.kind === 'Field' && isUnwanted(place)) return [];
  if (!selection.selections) return [selection];
  const selections = selection.selections.flatMap((nested) => without(nested, place, isUnwanted));
  return selections.length === 0 ? [] : [{ ...selection, selections }];
}

/** The fields that a fetch asks of entities, with the type they are asked of. */
function entityFields(document: DocumentNode): { readonly on: string; readonly field: FieldNode }[] {
  const found: { on: string; field: FieldNode }[] = [];
  const walk = (set: SelectionSetNode, on: string): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) found.push({ on, field: selection });
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? on);
      }
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const [entities] = definition.selectionSet.selections;
    if (entities?.kind === Kind.FIELD && entities.selectionSet) walk(entities.selectionSet, '');
  }
  return found;
}

/** The same operation for some of its fields, and the variables that these need. */
function only(
  document: DocumentNode,
  fields: ReadonlySet<FieldNode>,
): Pick<FetchNode, 'operation' | 'variableUsages'> {
  const others = new Set(
    entityFields(document)
      .map(({ field }) => field)
      .filter((field) => !fields.has(field)),
  );
  const smaller = visit(document, {
    Field: { enter: (field) => (others.has(field) ? null : undefined) },
    InlineFragment: {
      leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
    },
  });
  const used = new Set<string>();
  visit(smaller, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const tidy = visit(smaller, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  });
  used.delete('representations');
  return { operation: stripIgnoredCharacters(print(tidy)), variableUsages: [...used] };
}
