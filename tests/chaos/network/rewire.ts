/** A loopback address in a variable of the environment. */
const ADDRESS = /127\.0\.0\.1:(\d+)/g;

/** Who is at which port. */
export type Neighbours = ReadonlyMap<number, string>;

/** Ports that a process is told of in its environment, its own left out. */
export function portsIn(env: Readonly<Record<string, string>>): number[] {
  const own = Number(env['PORT']);
  const ports = Object.values(env).flatMap((value) =>
    [...value.matchAll(ADDRESS)].map(([, port]) => Number(port)),
  );
  return [...new Set(ports)].filter((port) => port !== own);
}

/** The other services that a process is told of: `SUBGRAPH_URLS` names them. */
export function neighboursIn(env: Readonly<Record<string, string>>): Neighbours {
  const pairs = (env['SUBGRAPH_URLS'] ?? '').split(',').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [name = '', url = ''] = pair.split('=');
      return [Number(new URL(url).port), name];
    }),
  );
}

/** The environment with other ports in place of those that are in the map. */
export function withPorts(
  env: Readonly<Record<string, string>>,
  ports: ReadonlyMap<number, number>,
): Record<string, string> {
  const replace = (value: string): string =>
    value.replaceAll(ADDRESS, (address: string, port: string) => {
      const other = ports.get(Number(port));
      return other === undefined ? address : `127.0.0.1:${other}`;
    });
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, replace(value)]));
}
