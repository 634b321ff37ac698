import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type { LoadedSupergraph } from '../../supergraph/load.js';

/** What `@listSize` says about the lists of a field. */
export interface ListSize {
  /** How long they are if no argument says so. */
  readonly assumedSize: number | undefined;
  /** Arguments that say how long they may be. */
  readonly slicingArguments: readonly string[];
  /** Fields of the answer that are the lists; none if the field itself is one. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/** Reads `@cost` and `@listSize` where the supergraph has them, under whatever names they were imported. */
export interface CostDirectives {
  /** The weight of a type, field, argument, input field or enum. */
  weight(definition: Annotated | null | undefined): number | undefined;
  /** The weight of a field, which an interface may carry for the types that implement it. */
  fieldWeight(parent: GraphQLNamedType | undefined, field: string): number | undefined;
  listSize(parent: GraphQLNamedType | undefined, field: string): ListSize | undefined;
}

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[];
}

const COST_SPEC = 'https://specs.apollo.dev/cost';
const known = new WeakMap<LoadedSupergraph, CostDirectives>();

/** The cost directives of a supergraph; it has none unless it links the cost specification. */
export function costDirectives(supergraph: LoadedSupergraph): CostDirectives {
  const before = known.get(supergraph);
  if (before) return before;
  const read = readDirectives(supergraph);
  known.set(supergraph, read);
  return read;
}

function readDirectives({ internal }: LoadedSupergraph): CostDirectives {
  const feature = internal.schema.coreFeatures?.getByIdentity(COST_SPEC);
  const costName = feature?.directiveNameInSchema('cost');
  const listSizeName = feature?.directiveNameInSchema('listSize');

  const weight: CostDirectives['weight'] = (definition) => {
    const value = Number(argumentsOf(definition, costName)?.get('weight') ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  return {
    weight,
    fieldWeight(parent, field) {
      for (const definition of definitionsOf(parent, field)) {
        const found = weight(definition);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    listSize(parent, field) {
      for (const definition of definitionsOf(parent, field)) {
        const given = argumentsOf(definition, listSizeName);
        if (given) return listSizeOf(given);
      }
      return undefined;
    },
  };
}

/** The field as the type defines it, then as its interfaces do. */
function definitionsOf(parent: GraphQLNamedType | undefined, field: string): FieldDefinitionNode[] {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return [];
  return [parent, ...parent.getInterfaces()].flatMap((type) => type.getFields()[field]?.astNode ?? []);
}

function argumentsOf(
  definition: Annotated | null | undefined,
  directive: string | undefined,
): ReadonlyMap<string, unknown> | undefined {
  if (directive === undefined) return undefined;
  const applied = definition?.directives?.find(({ name }) => name.value === directive);
  return applied && new Map((applied.arguments ?? []).map(readArgument));
}

const readArgument = ({ name, value }: ArgumentNode): [string, unknown] => [
  name.value,
  value.kind === Kind.NULL ? undefined : valueFromASTUntyped(value),
];

function listSizeOf(given: ReadonlyMap<string, unknown>): ListSize {
  const assumed = given.get('assumedSize');
  return {
    assumedSize: typeof assumed === 'number' ? assumed : undefined,
    slicingArguments: texts(given.get('slicingArguments')),
    sizedFields: texts(given.get('sizedFields')),
    requireOneSlicingArgument: given.get('requireOneSlicingArgument') !== false,
  };
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
