import type { Drills } from '../provider/sandbox/drill.js';
import type { Ledger } from '../provider/sandbox/ledger.js';
import type { Surroundings } from '../store/apply-commands.js';
import type { PaymentsDatabase } from '../store/database.js';

/** What the mutations need. */
export interface CommandDeps extends Surroundings {
  readonly database: PaymentsDatabase;
  /** Called when a wish has been written down, so that the provider is asked at once. */
  readonly onWish: () => void;
  /** The sandbox's books; undefined where another provider moves real money. */
  readonly ledger: Ledger | undefined;
  /** Undefined unless drills are allowed. */
  readonly drills: Drills | undefined;
}
