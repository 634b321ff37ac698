/** A way of sending parcels. */
export interface DeliveryService {
  /** What `PlaceOrderInput.shippingOptionId` names. */
  readonly id: string;
  readonly name: string;
  /** From the warehouse to the customer, in days of the carrier, by zone. */
  readonly transitDays: Readonly<Record<Zone, number>>;
}

/** How far away a country is, for carriers. */
export type Zone = 'DOMESTIC' | 'EUROPE' | 'WORLD';

/** How long the warehouse keeps a parcel until the carrier has it, in days of the carrier. */
export const HANDLING_DAYS = 1;

export const SERVICES = [
  { id: 'standard', name: 'Standard', transitDays: { DOMESTIC: 2, EUROPE: 4, WORLD: 8 } },
  { id: 'express', name: 'Express', transitDays: { DOMESTIC: 1, EUROPE: 2, WORLD: 4 } },
  { id: 'freight', name: 'Freight', transitDays: { DOMESTIC: 4, EUROPE: 7, WORLD: 14 } },
] as const satisfies readonly DeliveryService[];

export type ServiceId = (typeof SERVICES)[number]['id'];

/** What an order without a choice is sent with. */
export const DEFAULT_SERVICE: ServiceId = 'standard';

/** @example serviceById('express')?.name // 'Express' */
export const serviceById = (id: string): DeliveryService | undefined => SERVICES.find((one) => one.id === id);

/** Where the warehouse is. */
const HOME = 'DE';
const EUROPE = new Set(
  'AT BE BG CH CY CZ DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

/** @param country ISO 3166-1 alpha-2, in any case */
export function zoneOf(country: string): Zone {
  const code = country.toUpperCase();
  if (code === HOME) return 'DOMESTIC';
  return EUROPE.has(code) ? 'EUROPE' : 'WORLD';
}

/**
 * When a parcel that is ordered now should arrive.
 *
 * @param dayMs how long a day of the carrier takes, in milliseconds
 */
export const etaOf = (service: DeliveryService, zone: Zone, orderedAt: Date, dayMs: number): Date =>
  new Date(orderedAt.getTime() + Math.round((HANDLING_DAYS + service.transitDays[zone]) * dayMs));
