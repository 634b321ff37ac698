import { lookup } from 'node:dns/promises';

/** All addresses that a name stands for. @throws the resolver's error */
export type LookUp = (host: string) => Promise<readonly string[]>;

/** As the system resolves names: hosts file, search domains, DNS. */
export const lookUpAll: LookUp = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

export interface FollowedName {
  readonly host: string;
  readonly everyMs: number;
  readonly lookUp: LookUp;
  /** Told of the addresses when they are not those of the last time, in no particular order. */
  readonly onChange: (addresses: readonly string[]) => void;
  /** Told when the name cannot be resolved: what was known stays. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Looks a name up now and regularly, one look at a time. @returns ends it
 *
 * @example const stop = followAddresses({ host: 'orders', everyMs: 10_000, lookUp: lookUpAll, onChange, onFailure });
 */
export function followAddresses({ host, everyMs, lookUp, onChange, onFailure }: FollowedName): () => void {
  let known = '';
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    try {
      const addresses = [...(await lookUp(host))].sort();
      const found = addresses.join();
      if (!stopped && addresses.length > 0 && found !== known) {
        known = found;
        onChange(addresses);
      }
    } catch (error) {
      if (!stopped) onFailure(error);
    }
    if (!stopped) timer = setTimeout(() => void look(), everyMs).unref();
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
