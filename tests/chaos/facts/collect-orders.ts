import type { GraphClient, Identity } from '../buyers/graph-client.js';
import type { Line, OrderFact, Stock } from './facts.js';

const ALL_ORDERS = `query ($after: String) {
  allOrders(first: 100, after: $after) {
    nodes {
      id number status version createdAt total { amountMinor } lines { quantity variant { id } }
      return { status }
    }
    pageInfo { endCursor hasNextPage }
  }
}`;
interface AllOrders {
  readonly allOrders: {
    readonly nodes: readonly {
      readonly id: string;
      readonly number: string;
      readonly status: string;
      readonly version: number;
      readonly createdAt: string;
      readonly total: { readonly amountMinor: number };
      readonly lines: readonly {
        readonly quantity: number;
        readonly variant: { readonly id: string } | null;
      }[];
      readonly return: { readonly status: string } | null;
    }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** An order as the graph tells it. */
export type GraphOrder = Omit<OrderFact, 'key'>;

/** Everybody's orders since an instant, as staff see them in the graph. */
export async function ordersSince(
  graph: GraphClient,
  staff: Identity,
  sinceMs: number,
): Promise<GraphOrder[]> {
  const orders: GraphOrder[] = [];
  for (let after: string | null = null; ;) {
    const page: AllOrders = await answerOf(graph, staff, ALL_ORDERS, { after });
    const { nodes, pageInfo } = page.allOrders;
    // Newest first.
    const recent = nodes.filter(({ createdAt }) => Date.parse(createdAt) >= sinceMs);
    for (const { id, number, status, version, total, lines, return: back } of recent) {
      orders.push({
        id,
        number,
        status,
        isReturned: back?.status === 'RETURNED' || back?.status === 'REFUNDED',
        version,
        totalMinor: total.amountMinor,
        lines: lines.map(({ quantity, variant }): Line => ({ quantity, variantId: variant?.id ?? '' })),
      });
    }
    if (recent.length < nodes.length || !pageInfo.hasNextPage) return orders;
    after = pageInfo.endCursor;
  }
}

const ALL_STOCK = `query ($after: String) {
  stockItems(first: 100, after: $after) {
    nodes { variant { id } stock { onHand available reserved } }
    pageInfo { endCursor hasNextPage }
  }
}`;
interface AllStock {
  readonly stockItems: {
    readonly nodes: readonly { readonly variant: { readonly id: string } | null; readonly stock: Stock }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** Every variant's units, as staff see them in the graph. The shop must be at rest. */
export async function allStock(graph: GraphClient, staff: Identity): Promise<Map<string, Stock>> {
  const stock = new Map<string, Stock>();
  for (let after: string | null = null; ;) {
    const page: AllStock = await answerOf(graph, staff, ALL_STOCK, { after });
    for (const { variant, stock: units } of page.stockItems.nodes) if (variant) stock.set(variant.id, units);
    if (!page.stockItems.pageInfo.hasNextPage) return stock;
    after = page.stockItems.pageInfo.endCursor;
  }
}

async function answerOf<Data>(
  graph: GraphClient,
  staff: Identity,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Data> {
  const reply = await graph.ask<Data>(query, variables, staff);
  if (!reply.answered) throw new Error(`The shop is at rest, and staff cannot read it: ${reply.reason}`);
  return reply.data;
}
