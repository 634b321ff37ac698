import { type Pool, pgExecutor } from '@souk/kit/postgres';

/** What an idempotency key was used for. */
export interface Placed {
  readonly fingerprint: Buffer;
  readonly orderId: string;
}

/** The first use of a key, if there was one. */
export async function findPlacement(pool: Pool, key: string): Promise<Placed | undefined> {
  const [row] = await pgExecutor(pool).query<Placed>(
    'SELECT fingerprint, order_id AS "orderId" FROM placements WHERE key = $1',
    [key],
  );
  return row;
}
