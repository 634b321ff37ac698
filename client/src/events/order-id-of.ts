/** The order that an event tells of; undefined for an event about something else. */
export function orderIdOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('orderId' in payload)) return undefined;
  return typeof payload.orderId === 'string' ? payload.orderId : undefined;
}
