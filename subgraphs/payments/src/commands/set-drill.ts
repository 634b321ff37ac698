import type { Drill, DrillMode } from '../provider/sandbox/drill.js';
import type { CommandDeps } from './command-deps.js';

/** What `setPaymentDrill` answers. */
export type DrillResult =
  | { readonly kind: 'set'; readonly drill: Drill | null }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'not-allowed' };

/** How long a drill is if nobody says, in seconds; the schema says the same. */
export const DEFAULT_DRILL_S = 30;
/** Longest drill, in seconds. */
export const LONGEST_DRILL_S = 600;

/** Begins a drill, or ends the one under way. */
export async function setDrill(
  { drills, clock }: CommandDeps,
  mode: DrillMode | null,
  seconds: number,
): Promise<DrillResult> {
  if (!drills) return { kind: 'not-allowed' };
  if (seconds < 1 || seconds > LONGEST_DRILL_S) return { kind: 'invalid' };
  const drill = mode && { mode, until: new Date(clock().getTime() + seconds * 1_000) };
  await drills.set(drill ?? undefined);
  return { kind: 'set', drill };
}
