import type { PaymentsDatabase } from '../store/database.js';
import { createApiClient } from './http/api-client.js';
import { createHttpProvider } from './http/http-provider.js';
import type { PaymentProvider } from './payment-provider.js';
import type { ProviderSettings } from './provider-settings.js';
import { type Drills, openDrills } from './sandbox/drill.js';
import { type Ledger, openLedger } from './sandbox/ledger.js';
import { createSandboxProvider } from './sandbox/sandbox-provider.js';

/** A provider, with what the sandbox has beyond it. */
export interface OpenProvider {
  readonly provider: PaymentProvider;
  /** The sandbox's books; undefined where real money moves. */
  readonly ledger?: Ledger;
  /** Undefined unless drills are allowed. */
  readonly drills?: Drills;
  /** What webhooks are signed with; undefined in the sandbox, which sends none. */
  readonly webhookSecret?: string;
}

/** @example const { provider } = openProvider({ kind: 'sandbox' }, database, clock); */
export function openProvider(
  settings: ProviderSettings,
  database: PaymentsDatabase,
  clock: () => Date,
): OpenProvider {
  if (settings.kind === 'http') {
    const { webhookSecret, returnUrl } = settings;
    return { provider: createHttpProvider({ call: createApiClient(settings), returnUrl }), webhookSecret };
  }
  const ledger = openLedger(database, clock);
  if (!settings.drills) return { provider: createSandboxProvider({ ledger, clock }), ledger };
  const drills = openDrills(database.pool, clock);
  return { provider: createSandboxProvider({ ledger, clock, drills }), ledger, drills };
}
