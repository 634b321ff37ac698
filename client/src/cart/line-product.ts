/** A line of a cart or an order. */
interface Line {
  readonly variant: {
    readonly title: string;
    readonly product: { readonly slug: string; readonly name: string; readonly imageUrl: string };
  } | null;
}

/** What a line is called and looks like; undefined while the catalogue is away. */
export function productOf({ variant }: Line) {
  return variant ? { ...variant.product, variant: variant.title } : undefined;
}
