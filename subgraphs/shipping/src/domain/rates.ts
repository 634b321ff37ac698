import {
  type DeliveryService,
  SERVICES,
  type ServiceId,
  type Zone,
  etaOf,
  zoneOf,
} from './delivery-service.js';

/** What is to be sent, and whereto. */
export interface Enquiry {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly weightGrams: number;
  /** What the goods cost, in minor units of {@link RATE_CURRENCY}: from some amount on, sending them is free. */
  readonly goodsMinor: number;
}

/** A way of sending something, with what it costs and when it arrives. */
export interface Offer {
  readonly service: DeliveryService;
  /** Minor units of {@link RATE_CURRENCY}. */
  readonly priceMinor: number;
  readonly eta: Date;
}

/** The shop sells, and sends, in one currency. */
export const RATE_CURRENCY = 'EUR';

/** Up to so many grams, a price by zone, in minor units. */
type Rate = { readonly upToGrams: number } & Readonly<Record<Zone, number>>;

const RATES: Readonly<Record<Exclude<ServiceId, 'freight'>, readonly Rate[]>> = {
  standard: [
    { upToGrams: 2_000, DOMESTIC: 490, EUROPE: 990, WORLD: 1_990 },
    { upToGrams: 10_000, DOMESTIC: 690, EUROPE: 1_490, WORLD: 3_490 },
    { upToGrams: 31_500, DOMESTIC: 1_190, EUROPE: 2_490, WORLD: 6_990 },
  ],
  express: [
    { upToGrams: 2_000, DOMESTIC: 990, EUROPE: 1_990, WORLD: 3_990 },
    { upToGrams: 10_000, DOMESTIC: 1_290, EUROPE: 2_990, WORLD: 6_990 },
    { upToGrams: 31_500, DOMESTIC: 1_990, EUROPE: 4_490, WORLD: 11_990 },
  ],
};

/** What is too heavy for a parcel goes on a pallet: a base, and so much for every 10 kg begun. */
const FREIGHT = {
  base: { DOMESTIC: 2_990, EUROPE: 5_990, WORLD: 19_990 },
  eachTenKilos: { DOMESTIC: 300, EUROPE: 700, WORLD: 2_500 },
} as const;

/** Goods for this much are sent free of charge within the country, by standard parcel. */
const FREE_FROM_MINOR = 5_000;

/**
 * Every way in which something can be sent, cheapest first. Empty for nothing.
 *
 * @param dayMs how long a day of the carrier takes, in milliseconds
 * @example offersFor({ country: 'DE', weightGrams: 900, goodsMinor: 1_999 }, now, dayMs)[0]?.priceMinor // 490
 */
export function offersFor(enquiry: Enquiry, now: Date, dayMs: number): readonly Offer[] {
  if (enquiry.weightGrams <= 0) return [];
  const zone = zoneOf(enquiry.country);
  return SERVICES.flatMap((service) => {
    const priceMinor = priceOf(service.id, zone, enquiry);
    return priceMinor === undefined ? [] : [{ service, priceMinor, eta: etaOf(service, zone, now, dayMs) }];
  }).sort((a, b) => a.priceMinor - b.priceMinor);
}

/** Undefined for what the service does not take. */
function priceOf(id: ServiceId, zone: Zone, { weightGrams, goodsMinor }: Enquiry): number | undefined {
  const heaviest = RATES.standard.at(-1)?.upToGrams ?? 0;
  if (id === 'freight') {
    if (weightGrams <= heaviest) return undefined;
    return FREIGHT.base[zone] + FREIGHT.eachTenKilos[zone] * Math.ceil(weightGrams / 10_000);
  }
  const rate = RATES[id].find(({ upToGrams }) => weightGrams <= upToGrams);
  if (!rate) return undefined;
  const isFree = id === 'standard' && zone === 'DOMESTIC' && goodsMinor >= FREE_FROM_MINOR;
  return isFree ? 0 : rate[zone];
}
