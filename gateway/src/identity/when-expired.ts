/** Timers cannot wait longer; a token that lives for weeks is checked again at the next connection. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Acts when the proof of identity that a long connection was opened with runs out.
 *
 * @param expiresAt undefined: it never does
 * @returns stops the timer
 */
export function whenExpired(expiresAt: Date | undefined, act: () => void): () => void {
  if (!expiresAt) return () => {};
  const remaining = expiresAt.getTime() - Date.now();
  const timer = setTimeout(act, Math.min(Math.max(remaining, 0), LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}
