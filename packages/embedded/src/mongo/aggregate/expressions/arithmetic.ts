import { badValue } from '../../errors.js';
import { add, multiply, narrowed, subtract } from '../../bson/arithmetic.js';
import { Double, isNumeric, magnitude, type Numeric, type Value } from '../../bson/value.js';
import { exact } from './exact.js';
import { binary, isNullish, onArguments, unary, wrongType, type Operators } from './operator.js';

function numeric(name: string, value: Value | undefined): Numeric {
  if (isNumeric(value)) return value;
  throw wrongType(name, 'numeric types', value);
}

function shift(date: Date, amount: Numeric): Date {
  const moved = new Date(date.getTime() + Math.round(Number(magnitude(amount))));
  if (Number.isNaN(moved.getTime())) throw badValue('date overflow');
  return moved;
}

function sum(values: (Value | undefined)[]): Value {
  if (values.some(isNullish)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw badValue('only one date allowed in an $add expression');
  const total = values
    .filter((value) => !(value instanceof Date))
    .reduce<Numeric>((so, value) => exact('$add', () => add(so, numeric('$add', value))), 0);
  const [date] = dates;
  return date === undefined ? total : shift(date, total);
}

function difference(left: Value | undefined, right: Value | undefined): Value {
  if (isNullish(left) || isNullish(right)) return null;
  if (left instanceof Date) {
    return right instanceof Date
      ? BigInt(left.getTime() - right.getTime())
      : shift(left, subtract(0, numeric('$subtract', right)));
  }
  return exact('$subtract', () => subtract(numeric('$subtract', left), numeric('$subtract', right)));
}

function quotient(left: Value | undefined, right: Value | undefined): Value {
  if (isNullish(left) || isNullish(right)) return null;
  const [a, b] = [numeric('$divide', left), numeric('$divide', right)].map((value) =>
    Number(magnitude(value)),
  );
  if (b === 0) throw badValue("can't $divide by zero");
  return new Double((a ?? 0) / (b ?? 1));
}

function remainder(left: Value | undefined, right: Value | undefined): Value {
  if (isNullish(left) || isNullish(right)) return null;
  const [a, b] = [numeric('$mod', left), numeric('$mod', right)];
  if (Number(magnitude(b)) === 0) throw badValue("can't $mod by zero");
  if (a instanceof Double || b instanceof Double)
    return new Double(Number(magnitude(a)) % Number(magnitude(b)));
  const result = BigInt(a) % BigInt(b);
  return typeof a === 'number' && typeof b === 'number' ? Number(result) : result;
}

/** An operator that only changes doubles; whole numbers are their own result. */
const rounding = (name: string, round: (value: number) => number) =>
  unary(name, (value) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    return number instanceof Double ? new Double(round(number.value)) : number;
  });

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

export const arithmetic: Operators = {
  $add: onArguments('$add', 0, Infinity, sum),
  $subtract: binary('$subtract', difference),
  $multiply: onArguments('$multiply', 0, Infinity, (values) => {
    if (values.some(isNullish)) return null;
    return values.reduce<Numeric>(
      (so, value) => exact('$multiply', () => multiply(so, numeric('$multiply', value))),
      1,
    );
  }),
  $divide: binary('$divide', quotient),
  $mod: binary('$mod', remainder),
  $abs: unary('$abs', (value) => {
    if (isNullish(value)) return null;
    const number = numeric('$abs', value);
    if (number instanceof Double) return new Double(Math.abs(number.value));
    if (typeof number === 'number') return narrowed(BigInt(Math.abs(number)));
    return exact('$abs', () => (number < 0n ? subtract(0n, number) : number));
  }),
  $ceil: rounding('$ceil', Math.ceil),
  $floor: rounding('$floor', Math.floor),
  $trunc: rounding('$trunc', Math.trunc),
  $round: rounding('$round', halfToEven),
};
