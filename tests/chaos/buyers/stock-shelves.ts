import { allStock } from '../facts/collect-orders.js';
import { ADJUST_STOCK, type AdjustStock } from './documents.js';
import type { GraphClient, Identity } from './graph-client.js';

/** How many variants everybody buys: few, so that they get in each other's way. */
const FOR_SALE = 8;
/** Units of those that run out; of the others there is enough. */
const SCARCE = 5;
const PLENTY = 5_000;

const SOME_VARIANTS = '{ products(first: 20) { nodes { variants { id } } } }';
interface SomeVariants {
  readonly products: { readonly nodes: readonly { readonly variants: readonly { readonly id: string }[] }[] };
}

/**
 * Chooses what is for sale, and puts it on the shelves: a quarter of it scarce.
 *
 * @returns ids of variants
 */
export async function stockShelves(graph: GraphClient, staff: Identity, run: string): Promise<string[]> {
  const reply = await graph.ask<SomeVariants>(SOME_VARIANTS);
  if (!reply.answered) throw new Error(`There is nothing to buy: ${reply.reason}`);
  const variants = reply.data.products.nodes
    .flatMap(({ variants: [first] }) => (first ? [first.id] : []))
    .slice(0, FOR_SALE);
  const stock = await allStock(graph, staff);
  await Promise.all(
    variants.map(async (variantId, index) => {
      const delta = (index % 4 === 3 ? SCARCE : PLENTY) - (stock.get(variantId)?.available ?? 0);
      if (delta === 0) return;
      const input = { variantId, delta, idempotencyKey: `${run}-shelf-${index}` };
      const { answered } = await graph.ask<AdjustStock>(ADJUST_STOCK, { input }, staff);
      if (!answered) throw new Error(`${variantId} cannot be put on the shelves.`);
    }),
  );
  return variants;
}
