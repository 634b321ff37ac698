import { createHash } from 'node:crypto';
import type { RunInTransaction } from '@souk/kit/postgres';
import { DEFAULT_SERVICE, serviceById } from '../domain/delivery-service.js';
import type { Leg } from '../domain/scan.js';
import type { Label } from '../domain/shipment.js';
import { cancelScans, insertScans } from '../store/simulated-scans.js';
import type { Carrier, CarrierCall } from './carrier.js';
import { planJourney } from './journey.js';

/** A day of the simulated carrier at speed 1, in milliseconds: the warehouse keeps a parcel that long. */
export const SIMULATED_DAY_MS = 30_000;

export const SIMULATED_NAME = 'Kestrel Parcel';

/** What {@link simulatedCarrier} needs. */
export interface SimulatedCarrierOptions {
  readonly transaction: RunInTransaction;
  readonly clock: () => Date;
  /** How many times faster its clock runs. @default 1 */
  readonly speed?: number;
}

/**
 * A carrier that moves no parcels but has a clock: booking plans the whole way and writes it down, and whoever drives
 * (`drive-scans.ts`) reports each scan when it is due. A restart forgets nothing.
 */
export function simulatedCarrier({ transaction, clock, speed = 1 }: SimulatedCarrierOptions): Carrier {
  const dayMs = SIMULATED_DAY_MS / speed;

  const plan = async (call: CarrierCall, leg: Leg): Promise<Label | undefined> => {
    const { service: id, destination } = call.consignment;
    const service = serviceById(id);
    if (!service) return undefined;
    const trackingNumber = trackingNumberOf(call.idempotencyKey);
    const journey = planJourney({ leg, service, destination, bookedAt: clock(), dayMs });
    const eta = await transaction((sql) =>
      insertScans(sql, { trackingNumber, orderId: call.orderId, leg, scans: journey }),
    );
    return { carrier: SIMULATED_NAME, trackingNumber, eta };
  };

  return {
    name: SIMULATED_NAME,
    dayMs,
    async book(call) {
      const label = await plan(call, 'OUTBOUND');
      return label
        ? { accepted: true, label }
        : { accepted: false, reason: `${SIMULATED_NAME} has no service "${call.consignment.service}".` };
    },
    async cancel({ trackingNumber }) {
      const cancelled = await transaction((sql) => cancelScans(sql, trackingNumber));
      return cancelled
        ? { cancelled }
        : { cancelled, reason: `${SIMULATED_NAME} has picked the parcel up already.` };
    },
    async bookReturn(call) {
      const label = await plan(call, 'RETURN');
      if (!label) throw new Error(`There is no service ${DEFAULT_SERVICE} to bring a parcel back with.`);
      return label;
    },
  };
}

/** About 60 bits of a hash: the same booking always gets the same number. */
export const trackingNumberOf = (key: string): string =>
  `KP${createHash('sha256')
    .update(key)
    .digest('base64url')
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 12)}`;
