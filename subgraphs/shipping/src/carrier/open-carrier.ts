import type { RunInTransaction } from '@souk/kit/postgres';
import type { Drills } from '../store/drills.js';
import type { Carrier } from './carrier.js';
import type { CarrierSettings } from './carrier-settings.js';
import { drilled } from './drilled.js';
import { simulatedCarrier } from './simulated.js';
import { webhookCarrier } from './webhook/webhook-carrier.js';

/** What a carrier needs of its surroundings. */
export interface OpenCarrierDeps {
  readonly transaction: RunInTransaction;
  readonly clock: () => Date;
  /** Undefined where drills are not allowed. */
  readonly drills: Drills | undefined;
}

/** The carrier that the settings name. */
export function openCarrier(
  settings: CarrierSettings,
  { transaction, clock, drills }: OpenCarrierDeps,
): Carrier {
  const carrier =
    settings.kind === 'remote'
      ? webhookCarrier(settings, clock)
      : simulatedCarrier({ transaction, clock, speed: settings.speed ?? 1 });
  return drills ? drilled(carrier, drills.current) : carrier;
}
