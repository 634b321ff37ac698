import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Tape } from './tape.js';

/** Variables of an operation: how they are declared, and their values. */
export interface Variables {
  readonly declared: string[];
  readonly values: Record<string, unknown>;
}

/** A value of an input type as JSON: what a client would send in a variable. */
export function randomInput(type: GraphQLInputType, tape: Tape): unknown {
  if (isNonNullType(type)) return randomInput(type.ofType, tape);
  if (isListType(type)) {
    return Array.from({ length: 1 + tape.choose(2) }, () => randomInput(type.ofType, tape));
  }
  if (isEnumType(type)) return tape.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter((field) => isNeeded(field) || tape.chance(30));
    return Object.fromEntries(given.map((field) => [field.name, randomInput(field.type, tape)]));
  }
  switch (type.name) {
    case 'Int':
      return tape.choose(3) + 1;
    case 'Float':
      return 1.5;
    case 'Boolean':
      return tape.choose(2) === 0;
    case 'ID':
      return String(tape.choose(4) + 1);
    default:
      return `v${tape.choose(3)}`;
  }
}

/**
 * Arguments as they stand in a document: literals, variables, and literals with variables inside. Empty if none is
 * given.
 */
export function randomArguments(
  definitions: readonly GraphQLArgument[],
  tape: Tape,
  variables: Variables,
): string {
  const given = definitions
    .filter((argument) => isNeeded(argument) || tape.chance(40))
    .map((argument) => `${argument.name}: ${written(argument.type, argument, tape, variables)}`);
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

/** Declares a variable and says `$name`. */
export function declareVariable(
  type: string,
  value: unknown,
  variables: Variables,
  fallback?: string,
): string {
  const name = `v${variables.declared.length}`;
  variables.declared.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
  if (value !== undefined) variables.values[name] = value;
  return `$${name}`;
}

const isNeeded = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined;

function written(
  type: GraphQLInputType,
  place: GraphQLArgument | GraphQLInputField,
  tape: Tape,
  variables: Variables,
): string {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (tape.chance(40)) {
    const value = randomInput(type, tape);
    // Declared with a default and sent or left out, or declared as it is needed.
    if (tape.chance(25)) {
      const sent = tape.chance(50) ? value : undefined;
      return declareVariable(String(type), sent, variables, literal(randomInput(type, tape), type));
    }
    const isLeftOut = !isNeeded(place) && !isNonNullType(type) && tape.chance(15);
    return declareVariable(String(type), isLeftOut ? undefined : value, variables);
  }
  if (!isNonNullType(type) && tape.chance(5)) return 'null';
  if (isInputObjectType(nullable) && tape.chance(50)) {
    const fields = Object.values(nullable.getFields()).filter((field) => isNeeded(field) || tape.chance(30));
    return `{${fields.map((field) => `${field.name}: ${written(field.type, field, tape, variables)}`).join(', ')}}`;
  }
  return literal(randomInput(type, tape), type);
}

/** A JSON value as GraphQL text. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (value === null || value === undefined) return 'null';
  if (isListType(type))
    return `[${(value as unknown[]).map((item) => literal(item, type.ofType)).join(', ')}]`;
  if (isEnumType(type)) return typeof value === 'string' ? value : 'null';
  if (!isInputObjectType(type)) return JSON.stringify(value);
  const fields = type.getFields();
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}: ${fields[name] ? literal(inner, fields[name].type) : 'null'}`)
    .join(', ')}}`;
}
