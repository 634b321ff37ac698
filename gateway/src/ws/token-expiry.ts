/** Timers cannot wait longer; a token that lives for weeks is checked again at the next connection. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Closes a socket with 4403 when the token it was opened with runs out, so that the client connects again with a
 * fresh one.
 *
 * @returns stops the timer
 */
export function closeWhenExpired(
  expiresAt: Date | undefined,
  close: (code: number, reason: string) => void,
): () => void {
  if (!expiresAt) return () => {};
  const remaining = expiresAt.getTime() - Date.now();
  const timer = setTimeout(
    () => close(4403, 'The access token has expired. Connect again with a fresh one.'),
    Math.min(Math.max(remaining, 0), LONGEST_TIMER_MS),
  );
  return () => clearTimeout(timer);
}
