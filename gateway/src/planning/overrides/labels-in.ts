import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { valueOf } from '../unused-externals.js';

/** The labels of `@override` in a supergraph, and which of them an operation depends on. */
export interface SupergraphLabels {
  readonly all: ReadonlySet<string>;
  /** Labels that can change the operation's plan, sorted. */
  of(operation: DocumentNode): readonly string[];
}

/**
 * Finds the labels of a supergraph.
 *
 * @param full every type and field of it
 * @returns undefined if there are none, as in most
 */
export function labelsIn(sdl: string, full: GraphQLSchema): SupergraphLabels | undefined {
  // Most supergraphs are not worth a parse.
  if (!sdl.includes('overrideLabel:')) return undefined;
  const byField = new Map<string, Set<string>>();
  const fieldSets: string[] = [];
  let type = '';
  const enterType = ({ name }: { readonly name: { readonly value: string } }): void =>
    void (type = name.value);
  visit(parse(sdl, { noLocation: true }), {
    ObjectTypeDefinition: enterType,
    InterfaceTypeDefinition: enterType,
    FieldDefinition({ name, directives = [] }) {
      for (const label of directives.flatMap(labelOf)) {
        const field = `${type}.${name.value}`;
        byField.set(field, (byField.get(field) ?? new Set()).add(label));
      }
    },
    Directive(directive) {
      for (const argument of ['key', 'requires', 'provides'])
        fieldSets.push(valueOf(directive, argument) ?? '');
    },
  });
  const all = new Set([...byField.values()].flatMap((labels) => [...labels]));
  if (all.size === 0) return undefined;

  // The planner may select these although nobody asks for them.
  const mentioned = new Set(fieldSets.flatMap((text) => text.match(/\w+/g) ?? []));
  const implicit = [...byField]
    .filter(([field]) => mentioned.has(field.slice(field.indexOf('.') + 1)))
    .flatMap(([, labels]) => [...labels]);
  return {
    all,
    of(operation) {
      const found = new Set(implicit);
      const types = new TypeInfo(full);
      visit(
        operation,
        visitWithTypeInfo(types, {
          Field({ name }) {
            const parent = types.getParentType();
            if (!parent) return;
            const owners = isAbstractType(parent) ? [parent, ...full.getPossibleTypes(parent)] : [parent];
            for (const owner of owners) {
              for (const label of byField.get(`${owner.name}.${name.value}`) ?? []) found.add(label);
            }
          },
        }),
      );
      return [...found].sort();
    },
  };
}

const labelOf = (directive: ConstDirectiveNode): string[] => {
  const label = directive.name.value === 'join__field' ? valueOf(directive, 'overrideLabel') : undefined;
  return label === undefined ? [] : [label];
};
