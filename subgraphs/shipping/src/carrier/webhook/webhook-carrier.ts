import { inTime } from '@souk/kit/lifecycle';
import { z } from 'zod';
import type { Label } from '../../domain/shipment.js';
import type { Carrier, CarrierCall } from '../carrier.js';
import { SIGNATURE_HEADER, sign } from './signature.js';

/** A carrier that is reached over HTTP, and that reports over HTTP. */
export interface WebhookCarrierOptions {
  /** For people. */
  readonly name: string;
  /** Where its API is, without a slash at the end. */
  readonly url: string;
  /** What both sides sign with; at least 32 characters. */
  readonly secret: string;
}

const DAY_MS = 86_400_000;
/** Longer than a carrier may take, and shorter than a lease. */
const TIMEOUT_MS = 20_000;

const labelSchema = z.object({
  trackingNumber: z.string().min(1).max(100),
  eta: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});
const refusalSchema = z.object({ reason: z.string().min(1).max(500) });

/**
 * Speaks to a carrier's API: `POST /parcels`, `POST /parcels/<tracking number>/cancel`, `POST /returns`, each with an
 * `idempotency-key` and signed. 422 refuses a parcel, 409 says that it has left; everything else is asked again. What it
 * reports comes in by `report-route.ts`.
 */
export function webhookCarrier({ name, url, secret }: WebhookCarrierOptions, clock: () => Date): Carrier {
  const post = async (
    path: string,
    { idempotencyKey, signal }: CarrierCall,
    content: object,
  ): Promise<{ readonly status: number; readonly json: unknown }> => {
    const body = JSON.stringify(content);
    return inTime(TIMEOUT_MS, signal, async (ending) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': idempotencyKey,
          [SIGNATURE_HEADER]: sign(body, secret, clock()),
        },
        body,
        redirect: 'error',
        signal: ending,
      });
      const text = await response.text();
      if (response.ok || response.status === 409 || response.status === 422) {
        return { status: response.status, json: JSON.parse(text) as unknown };
      }
      throw new Error(`${name} answered ${path} with status ${response.status}.`);
    });
  };
  const toLabel = (json: unknown): Label => ({ carrier: name, ...labelSchema.parse(json) });
  const parcelOf = ({ shipmentId, consignment }: CarrierCall) => ({ reference: shipmentId, ...consignment });

  return {
    name,
    dayMs: DAY_MS,
    async book(call) {
      const { status, json } = await post('/parcels', call, parcelOf(call));
      if (status === 422) return { accepted: false, reason: refusalSchema.parse(json).reason };
      return { accepted: true, label: toLabel(json) };
    },
    async cancel(call) {
      const path = `/parcels/${encodeURIComponent(call.trackingNumber)}/cancel`;
      const { status, json } = await post(path, call, { reference: call.shipmentId });
      if (status === 409) return { cancelled: false, reason: refusalSchema.parse(json).reason };
      if (status === 422) throw new Error(`${name} does not understand ${path}.`);
      return { cancelled: true };
    },
    async bookReturn(call) {
      const { json } = await post('/returns', call, { ...parcelOf(call), reason: call.reason });
      return toLabel(json);
    },
  };
}
