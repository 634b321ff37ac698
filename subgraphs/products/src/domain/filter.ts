/** What a shopper asks for; the schema's `ProductFilter` without its nulls. */
export interface Filter {
  /** Slugs of departments or leaves; empty means all. */
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly price: { readonly minMinor: number; readonly maxMinor: number };
  /** One entry an attribute. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

interface FilterInput {
  readonly categories?: readonly string[] | null | undefined;
  readonly brands?: readonly string[] | null | undefined;
  readonly price?:
    | { readonly minMinor?: number | null | undefined; readonly maxMinor?: number | null | undefined }
    | null
    | undefined;
  readonly attributes?:
    readonly { readonly id: string; readonly values: readonly string[] }[] | null | undefined;
}

const UNBOUNDED = { minMinor: 0, maxMinor: Number.MAX_SAFE_INTEGER };

/** Fills the gaps: absent, null and empty lists all mean "no condition", two entries of one attribute are one. */
export function toFilter(input: FilterInput | null | undefined): Filter {
  const attributes = new Map<string, readonly string[]>();
  for (const { id, values } of input?.attributes ?? []) {
    if (values.length > 0) attributes.set(id, [...(attributes.get(id) ?? []), ...values]);
  }
  return {
    categories: input?.categories ?? [],
    brands: input?.brands ?? [],
    price: {
      minMinor: input?.price?.minMinor ?? UNBOUNDED.minMinor,
      maxMinor: input?.price?.maxMinor ?? UNBOUNDED.maxMinor,
    },
    attributes,
  };
}

export const isPriceBounded = ({ price }: Filter): boolean =>
  price.minMinor > UNBOUNDED.minMinor || price.maxMinor < UNBOUNDED.maxMinor;
