import { sleep } from '@souk/kit/lifecycle';

/** A busy machine starts a dozen processes at once, and has two cores for them. */
const LIMIT_MS = 120_000;

/**
 * Waits until a server says at `/ready` that it is.
 *
 * @param signal gives up without an error
 * @throws Error with what the server says is missing
 */
export async function untilReady(origin: string, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (signal?.aborted !== true) {
    const missing = await whatIsMissing(`${origin}/ready`);
    if (missing === undefined) return;
    if (performance.now() > deadline) throw new Error(`${origin} does not get ready: ${missing}`);
    await sleep(50, signal);
  }
}

async function whatIsMissing(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await answer.text();
    return answer.ok ? undefined : text;
  } catch (error) {
    return String(error);
  }
}
