/** Services of which the shop runs several processes, if it runs several of any. */
export const REPLICATED = ['orders', 'payments', 'gateway'] as const;

/** Name of the second, third... process of a service; the first is called as the service is. */
export const replicaName = (service: string, number: number): string => `${service}-${number}`;

/** The service that a process is one of. @example serviceOf('orders-2') // 'orders' */
export const serviceOf = (process: string): string => process.replace(/-\d+$/, '');

/** Ports of second, third... processes, by service. */
export type ReplicaPorts = ReadonlyMap<string, readonly number[]>;

/** Gives each replicated service its further ports. @param ports as many as {@link portsNeeded} says */
export function shareOut(ports: readonly number[], replicas: number): ReplicaPorts {
  const each = replicas - 1;
  return new Map(
    REPLICATED.map((service, index) => [service, ports.slice(index * each, (index + 1) * each)]),
  );
}

export const portsNeeded = (replicas: number): number => REPLICATED.length * (replicas - 1);

/** The services that the gateway knows, with their further processes: it balances by itself. */
export function withReplicas(subgraphUrls: string, ports: ReplicaPorts): string {
  const pairs = subgraphUrls.split(',').flatMap((pair) => {
    const [name = ''] = pair.split('=');
    return [pair, ...(ports.get(name) ?? []).map((port) => pair.replace(/:\d+(?=\/|$)/, `:${port}`))];
  });
  return pairs.join(',');
}
