/**
 * The URL of a subgraph's own database on the server that `base` points to; user, host and parameters are kept.
 *
 * @throws Error if `base` is not a PostgreSQL URL
 * @example databaseUrl('postgres://souk@localhost:5432/postgres', 'orders') // .../souk_orders
 */
export function databaseUrl(base: string, name: string): string {
  if (!/^postgres(ql)?:\/\//.test(base) || !URL.canParse(base)) {
    throw new Error(
      'The database URL must look like postgres://user:password@host:5432/name. Correct DATABASE_URL.',
    );
  }
  const url = new URL(base);
  url.pathname = `/souk_${name}`;
  return url.href;
}

/** The database a URL names, decoded. */
export const databaseNameOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
