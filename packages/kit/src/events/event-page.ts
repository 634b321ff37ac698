import { z } from 'zod';

/** The exact path under which an owner serves its log. */
export const EVENTS_PATH = '/events';
/** Most events in one answer. */
export const MAX_PAGE = 1_000;
/** Longest long-poll, in milliseconds. */
export const MAX_WAIT_MS = 25_000;

/** An event as it travels between processes. */
export const recordedEventSchema = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  source: z.string().min(1),
  aggregateId: z.string(),
  version: z.number().int(),
  occurredAt: z.string(),
  correlationId: z.string(),
  payload: z.unknown(),
  position: z.number().int().positive(),
});

/** What `GET /events` answers. */
export const eventPageSchema = z.object({
  events: z.array(recordedEventSchema),
  /** The highest position in the log. */
  head: z.number().int().nonnegative(),
});
