import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** An operation and values for its variables. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Builds a query, nearly always valid, from a tape of numbers. When the tape is at its end every choice is the simplest one, so that
 * fast-check finds a small operation by shortening the tape.
 */
export function randomOperation(schema: GraphQLSchema, tape: readonly number[]): RandomOperation {
  let position = 0;
  const choose = (options: number): number => (tape[position++] ?? 0) % options;
  const chance = (percent: number): boolean => choose(100) >= 100 - percent;
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fragments: string[] = [];
  // Equal response keys must mean equal fields: each (type, field, arguments) has a key of its own.
  const keys = new Map<string, string>();
  let fieldsLeft = 40;

  const literal = (type: GraphQLInputType): string => {
    if (isNonNullType(type)) return literal(type.ofType);
    if (isListType(type)) return `[${literal(type.ofType)}]`;
    if (isEnumType(type)) return type.getValues()[choose(type.getValues().length)]?.name ?? 'null';
    if (isInputObjectType(type)) {
      const given = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) && field.defaultValue === undefined,
      );
      return `{${given.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')}}`;
    }
    const scalars: Record<string, string> = {
      Int: String(choose(3) + 1),
      Float: '1.5',
      Boolean: 'true',
      ID: `"${choose(4) + 1}"`,
    };
    return scalars[type.name] ?? `"v${choose(3)}"`;
  };
  const variable = (type: GraphQLInputType, value: unknown): string => {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${String(type)}`);
    variables[name] = value;
    return `$${name}`;
  };
  const argument = (arg: GraphQLArgument): string[] => {
    const isNeeded = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!isNeeded && !chance(40)) return [];
    const named = getNamedType(arg.type);
    if (named.name === 'Int' && !isListType(arg.type) && chance(40))
      return [`${arg.name}: ${variable(arg.type, choose(3) + 1)}`];
    return [`${arg.name}: ${literal(arg.type)}`];
  };
  const condition = (): string =>
    !chance(12)
      ? ''
      : ` @${chance(50) ? 'skip' : 'include'}(if: ${variable({ toString: () => 'Boolean!' } as never, chance(50))})`;

  const field = (
    parent: GraphQLCompositeType,
    definition: GraphQLField<unknown, unknown>,
    depth: number,
  ): string => {
    fieldsLeft -= 1;
    const given = definition.args.flatMap(argument);
    const call = `${definition.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
    const identity = `${parent.name}.${call}`;
    const isPlain = !usesAliases && definition.args.length === 0 && !isAbstractType(parent);
    const key = keys.get(identity) ?? `k${keys.size}`;
    keys.set(identity, key);
    const alias = isPlain ? '' : `${key}: `;
    const named = getNamedType(definition.type);
    return `${alias}${call}${condition()}${isCompositeType(named) ? ` ${selections(named, depth + 1)}` : ''}`;
  };

  const selections = (type: GraphQLCompositeType, depth: number): string => {
    const parts: string[] = [];
    if (chance(30)) parts.push('__typename');
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (!chance(60)) continue;
        const inner = selections(possible, depth);
        if (chance(20)) {
          const name = `F${fragments.length}`;
          fragments.push(`fragment ${name} on ${possible.name} ${inner}`);
          parts.push(`...${name}${condition()}`);
        } else parts.push(`... on ${possible.name}${condition()} ${inner}`);
      }
    }
    if ('getFields' in type) {
      for (const definition of Object.values(type.getFields())) {
        const isDeep = isCompositeType(getNamedType(definition.type));
        if (fieldsLeft <= 0 || (isDeep && depth > 4) || !chance(isDeep ? 55 : 60)) continue;
        parts.push(field(type, definition, depth));
      }
    }
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  };

  const usesAliases = chance(60);
  const query = schema.getQueryType();
  if (!query) throw new Error('a supergraph has queries');
  const roots = Object.values(query.getFields());
  const wanted = Array.from({ length: 1 + choose(2) }, () => roots[choose(roots.length)]).flatMap(
    (root) => root ?? [],
  );
  const body = [...new Set(wanted)].map((root) => field(query, root, 0)).join(' ');
  const head = declared.length > 0 ? `query(${declared.join(', ')})` : 'query';
  return { query: `${head} { ${body} } ${fragments.join(' ')}`.trim(), variables };
}
