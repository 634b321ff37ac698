/** Values of a request's variables, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known, or that depends on variables. Most are known, and stay plain numbers. */
export type Amount = number | ((variables: Variables) => number);

export const valueOf = (amount: Amount, variables: Variables): number =>
  typeof amount === 'number' ? amount : amount(variables);

/** The sum; what is known is added up now. */
export function sum(amounts: readonly Amount[]): Amount {
  let known = 0;
  const open: ((variables: Variables) => number)[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known += amount;
    else open.push(amount);
  }
  if (open.length === 0) return known;
  return (variables) => {
    let total = known;
    for (const amount of open) total += amount(variables);
    return total;
  };
}

/** The product. */
export function product(one: Amount, other: Amount): Amount {
  if (one === 0 || other === 0) return 0;
  if (one === 1) return other;
  if (other === 1) return one;
  if (typeof one === 'number' && typeof other === 'number') return one * other;
  return (variables) => valueOf(one, variables) * valueOf(other, variables);
}

/** The largest; 0 if there is none. */
export function largest(amounts: readonly Amount[]): Amount {
  let known = 0;
  const open: ((variables: Variables) => number)[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known = Math.max(known, amount);
    else open.push(amount);
  }
  if (open.length === 0) return known;
  return (variables) => {
    let most = known;
    for (const amount of open) most = Math.max(most, amount(variables));
    return most;
  };
}
