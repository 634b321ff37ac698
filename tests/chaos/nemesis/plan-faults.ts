import type { Random } from '@souk/demo-data/random';
import type { Weather } from '../network/weather.js';
import type { Fault, FaultKind, Harm } from './fault.js';

/** What there is to be harmed. */
export interface Terrain {
  readonly services: readonly string[];
  /** Databases and brokers. */
  readonly servers: readonly string[];
  /** From whom to whom. */
  readonly links: readonly string[];
  /** Whether there is a carrier. */
  readonly carrier: boolean;
  /** Whether several processes drive sagas: then one of them may be away for long. */
  readonly drivers: boolean;
}

/** How often each kind is drawn, in proportion, and for how long it stays, in milliseconds. */
const KINDS: Readonly<Record<FaultKind, { weight: number; shortest: number; longest: number }>> = {
  'kill-service': { weight: 5, shortest: 0, longest: 0 },
  'freeze-service': { weight: 4, shortest: 300, longest: 6_000 },
  // Longer than its lease.
  'freeze-driver': { weight: 1, shortest: 4_000, longest: 8_000 },
  'kill-server': { weight: 2, shortest: 100, longest: 4_000 },
  'freeze-server': { weight: 2, shortest: 300, longest: 5_000 },
  weather: { weight: 8, shortest: 300, longest: 8_000 },
  'carrier-clock': { weight: 1, shortest: 0, longest: 0 },
};
const KIND_NAMES = Object.keys(KINDS) as FaultKind[];

/** Pause between the beginnings of two faults, in milliseconds: some overlap, and there are quiet moments. */
const SHORTEST_PAUSE = 200;
const LONGEST_PAUSE = 3_500;
const HOUR = 3_600_000;
/** The shop is left alone until buyers are at work. */
const FIRST_AT = 1_500;

/**
 * Plans the faults of a run: a pure function of the random stream, so the same seed means the same plan. Every kind that
 * the terrain allows comes once before any comes again.
 *
 * @param ms how long faults may go on; none lasts longer
 * @param beginWith a kind that comes before all others, if the terrain allows it @default any
 */
export function planFaults(random: Random, terrain: Terrain, ms: number, beginWith?: FaultKind): Fault[] {
  const possible = KIND_NAMES.filter((kind) => isPossible(kind, terrain));
  const plan: Fault[] = [];
  if (possible.length === 0) return plan;
  const shuffled = random.shuffle(possible);
  let first = [
    ...shuffled.filter((kind) => kind === beginWith),
    ...shuffled.filter((kind) => kind !== beginWith),
  ];
  for (let atMs = FIRST_AT; atMs < ms; atMs += random.integer(SHORTEST_PAUSE, LONGEST_PAUSE)) {
    const [next, ...rest] = first;
    first = rest;
    const kind = next ?? drawKind(random, possible);
    const { shortest, longest } = KINDS[kind];
    const forMs = Math.min(random.integer(shortest, longest), ms - atMs);
    plan.push({ number: plan.length + 1, atMs, forMs, ...draw(kind, random, terrain) });
  }
  return plan;
}

/** When the last of them has ended, since the beginning of the run, in milliseconds. */
export const endOf = (plan: readonly Fault[]): number =>
  Math.max(0, ...plan.map(({ atMs, forMs }) => atMs + forMs));

function isPossible(kind: FaultKind, { services, servers, links, carrier, drivers }: Terrain): boolean {
  switch (kind) {
    case 'kill-service':
    case 'freeze-service':
      return services.length > 0;
    case 'kill-server':
    case 'freeze-server':
      return servers.length > 0;
    case 'weather':
      return links.length > 0;
    case 'carrier-clock':
      return carrier;
    case 'freeze-driver':
      return drivers;
  }
}

function drawKind(random: Random, possible: readonly FaultKind[]): FaultKind {
  const kind = possible[random.weighted(possible.map((one) => KINDS[one].weight))];
  if (kind === undefined) throw new Error('A weight was drawn that no kind has.');
  return kind;
}

function draw(kind: FaultKind, random: Random, { services, servers, links }: Terrain): Harm {
  switch (kind) {
    case 'kill-service':
    case 'freeze-service':
      return { kind, service: random.pick(services) };
    case 'kill-server':
    case 'freeze-server':
      return { kind, server: random.pick(servers) };
    case 'freeze-driver':
      return { kind };
    case 'weather':
      return { kind, link: random.pick(links), weather: drawWeather(random) };
    case 'carrier-clock':
      return { kind, byMs: random.chance(0.7) ? HOUR : -random.integer(1_000, 20_000) };
  }
}

function drawWeather(random: Random): Weather {
  const kind = random.pick(['cut', 'stalled', 'half-open', 'slow', 'throttled'] as const);
  if (kind === 'slow') return { kind, delayMs: random.integer(20, 2_000) };
  if (kind === 'throttled') return { kind, bytesPerSecond: random.integer(200, 20_000) };
  return { kind };
}
