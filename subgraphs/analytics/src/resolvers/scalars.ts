import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

/** A real day: the 30th of February is none. */
function toDay(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const at = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)) return value;
  }
  return refuse('Date takes a day such as "2026-11-22".');
}

/** `Date`: a day in UTC, `2026-11-22` in code and on the wire. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  serialize: toDay,
  parseValue: toDay,
  parseLiteral: (node) => toDay(node.kind === Kind.STRING ? node.value : undefined),
});

const toSafeInt = (value: unknown): number =>
  Number.isSafeInteger(value) ? Number(value) : refuse('SafeInt takes a whole number of up to 53 bits.');

/** `SafeInt`: a whole number that a double holds exactly. */
export const SafeIntScalar = new GraphQLScalarType<number, number>({
  name: 'SafeInt',
  serialize: toSafeInt,
  parseValue: toSafeInt,
  parseLiteral: (node) => toSafeInt(node.kind === Kind.INT ? Number(node.value) : undefined),
});
