import { BlockList, isIP } from 'node:net';

/** Addresses whose key is remembered, and all forgotten at once: finding a key takes longer than its bucket does. */
const REMEMBERED = 10_000;

/**
 * What of an address stands for its owner: all of an IPv4 address, and the first half of an IPv6 address, since a
 * customer of a provider has at least that many.
 *
 * @param exempt addresses and networks that have no key, as `10.0.0.0/8` or `::1`
 * @throws Error that names what is neither
 */
export function createAddressKeys(exempt: readonly string[]): (address: string) => string | undefined {
  const list = blockList(exempt);
  const known = new Map<string, string | undefined>();
  return (given) => {
    const address = given.length > LONGEST ? UNREADABLE : given;
    const before = known.get(address);
    if (before !== undefined || known.has(address)) return before;
    const key = keyOf(address, list);
    if (known.size >= REMEMBERED) known.clear();
    known.set(address, key);
    return key;
  };
}

/** An address as text is no longer; what proxies pass on can be anything. */
const LONGEST = 60;
const UNREADABLE = '(unreadable)';
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Some proxies pass the port on: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;

function keyOf(address: string, exempt: BlockList): string | undefined {
  const [, six, four] = WITH_PORT.exec(address) ?? [];
  const bare = six ?? four ?? address;
  const plain = MAPPED.exec(bare)?.[1] ?? bare;
  const version = isIP(plain);
  if (version === 0) return plain;
  if (exempt.check(plain, version === 6 ? 'ipv6' : 'ipv4')) return undefined;
  return version === 6 ? networkOf(plain) : plain;
}

/** The first four groups, zeros and all: `2001:db8::1` is `2001:db8:0:0`. */
function networkOf(address: string): string {
  const [left = '', right = ''] = address.split('::');
  const groups = left === '' ? [] : left.split(':');
  const missing = 8 - groups.length - (right === '' ? 0 : right.split(':').length);
  const all = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...right.split(':')];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function blockList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const version = isIP(address);
    const type = version === 6 ? 'ipv6' : 'ipv4';
    const bits = Number(prefix ?? (version === 6 ? 128 : 32));
    if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > (version === 6 ? 128 : 32))
      throw new Error(`rateLimit.exempt: "${entry}" is no address or network. Write 10.0.0.0/8 or ::1.`);
    list.addSubnet(address, bits, type);
  }
  return list;
}
