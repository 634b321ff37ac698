/** What this file needs of a variant. */
export interface Choosable {
  readonly id: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
}

/** One thing to choose, with its values in the order of the variants. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

/** @example axesOf([{ id: '1', options: [{ name: 'Size', value: 'S' }] }]) // [{ name: 'Size', values: ['S'] }] */
export function axesOf(variants: readonly Choosable[]): Axis[] {
  const axes = new Map<string, Set<string>>();
  for (const { name, value } of variants.flatMap(({ options }) => options)) {
    axes.set(name, (axes.get(name) ?? new Set()).add(value));
  }
  return [...axes].map(([name, values]) => ({ name, values: [...values] }));
}

/** The value that a variant has on an axis. */
export function valueOn(variant: Choosable | undefined, axis: string): string | undefined {
  return variant?.options.find(({ name }) => name === axis)?.value;
}

/**
 * The variant to show after a value was chosen: the one that differs from the present in that value alone, else the
 * one with the value that keeps most of the other choices.
 */
export function choose<Variant extends Choosable>(
  variants: readonly Variant[],
  present: Variant | undefined,
  axis: string,
  value: string,
): Variant | undefined {
  const kept = (variant: Variant) =>
    variant.options.filter(({ name, value }) => valueOn(present, name) === value).length;
  return variants
    .filter((variant) => valueOn(variant, axis) === value)
    .reduce<Variant | undefined>(
      (best, variant) => (best && kept(best) >= kept(variant) ? best : variant),
      undefined,
    );
}

/** Whether the value exists together with the present choices on the other axes. */
export function goesWith(
  variants: readonly Choosable[],
  present: Choosable | undefined,
  axis: string,
  value: string,
): boolean {
  return variants.some(
    (variant) =>
      valueOn(variant, axis) === value &&
      variant.options.every(({ name, value }) => name === axis || valueOn(present, name) === value),
  );
}
