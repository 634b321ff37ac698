/** A number from 0 to 2^32 that depends on nothing but its input (FNV-1a). */
export function hashOf(...parts: readonly unknown[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.map(String).join('\u0001')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  // The last characters must reach all bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash ^ (hash >>> 12)) >>> 0;
}

export type Fate = 'fine' | 'null' | 'throws' | 'wrong type';

/**
 * What befalls each field, entity and subgraph. It depends on what is asked, not on when or how often: two executors
 * that ask in different ways meet the same world.
 */
export interface World {
  readonly seed: number;
  /** How many of a hundred fields and entities have trouble. */
  readonly trouble: number;
  /** The only trouble there is: then all subgraphs answer and know every entity. @default all kinds */
  readonly only?: Exclude<Fate, 'fine'>;
}

const isStruck = ({ seed, trouble }: World, ...what: readonly unknown[]): boolean =>
  hashOf('struck', seed, ...what) % 100 < trouble;

export function fateOf(world: World, type: string, id: string, field: string): Fate {
  if (!isStruck(world, type, id, field)) return 'fine';
  if (world.only) return world.only;
  const fates = ['null', 'throws', 'wrong type'] as const;
  return fates[hashOf('fate', world.seed, type, id, field) % fates.length] ?? 'null';
}

/** An entity that a subgraph does not know. */
export const isMissing = (world: World, subgraph: string, type: string, id: string): boolean =>
  !world.only && isStruck(world, 'missing', subgraph, type, id);

/** A subgraph that cannot be asked. */
export const isDown = (world: World, subgraph: string): boolean =>
  !world.only && isStruck({ ...world, trouble: world.trouble / 2 }, 'down', subgraph);
