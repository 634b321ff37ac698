import { type DeliveryService, HANDLING_DAYS, etaOf, zoneOf } from '../domain/delivery-service.js';
import type { Leg, ScanKind } from '../domain/scan.js';
import type { Destination } from '../domain/shipment.js';

/** Something that the simulated carrier is going to see. */
export interface PlannedScan {
  /** From 1. */
  readonly number: number;
  readonly kind: ScanKind;
  readonly dueAt: Date;
  readonly place: string;
  readonly message: string;
}

/** What a way depends on. */
export interface WayOptions {
  readonly leg: Leg;
  /** The customer's address, whichever way the parcel goes. */
  readonly destination: Pick<Destination, 'city' | 'country'>;
  readonly leavesAt: Date;
  readonly arrivesAt: Date;
}

const WAREHOUSE = 'Leipzig, DE';

/** Stops between being picked up and arriving, by the share of the way that lies behind. */
const STOPS = [
  { share: 0.25, message: 'The parcel has arrived at a sorting centre.' },
  { share: 0.6, message: 'The parcel is on its way to the region it goes to.' },
  { share: 0.85, message: 'The parcel is out for delivery.' },
] as const;

/** The whole way of a parcel, scan by scan, the last of which is its arrival. */
export function planWay({ leg, destination, leavesAt, arrivesAt }: WayOptions): readonly PlannedScan[] {
  const home = `${destination.city}, ${destination.country}`;
  const [from, to] = leg === 'OUTBOUND' ? [WAREHOUSE, home] : [home, WAREHOUSE];
  const words = WORDS[leg];
  const transit = arrivesAt.getTime() - leavesAt.getTime();
  const scans: readonly Omit<PlannedScan, 'number'>[] = [
    { kind: 'PICKED_UP', dueAt: leavesAt, place: from, message: words.left },
    ...STOPS.map(({ share, message }) => ({
      kind: 'MOVED' as const,
      dueAt: new Date(leavesAt.getTime() + Math.round(share * transit)),
      place: share < 0.5 ? from : to,
      message,
    })),
    { kind: 'DELIVERED', dueAt: arrivesAt, place: to, message: words.arrived },
  ];
  return scans.map((scan, index) => ({ ...scan, number: index + 1 }));
}

const WORDS: Readonly<Record<Leg, { readonly left: string; readonly arrived: string }>> = {
  OUTBOUND: { left: 'The parcel has left our warehouse.', arrived: 'The parcel has been handed over.' },
  RETURN: { left: 'The parcel has been collected.', arrived: 'The parcel is back with us.' },
};

/**
 * The way of a parcel that is booked now. Pure: the same options plan the same way.
 *
 * @param options.dayMs how long a day of the carrier takes, in milliseconds
 * @example planJourney({ leg: 'OUTBOUND', service, destination, bookedAt, dayMs: 30_000 }).at(-1)?.dueAt // the ETA
 */
export function planJourney(options: {
  readonly leg: Leg;
  readonly service: DeliveryService;
  readonly destination: Pick<Destination, 'city' | 'country'>;
  readonly bookedAt: Date;
  readonly dayMs: number;
}): readonly PlannedScan[] {
  const { leg, service, destination, bookedAt, dayMs } = options;
  return planWay({
    leg,
    destination,
    leavesAt: new Date(bookedAt.getTime() + Math.round(HANDLING_DAYS * dayMs)),
    arrivesAt: etaOf(service, zoneOf(destination.country), bookedAt, dayMs),
  });
}
