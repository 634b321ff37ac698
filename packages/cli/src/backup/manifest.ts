import { z } from 'zod';

/** A blob of a backup, with what proves that it is whole. */
const partSchema = z.object({
  /** What it holds, for people: `public.orders`. */
  name: z.string(),
  key: z.string(),
  /** As stored, compressed. */
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
  /** Rows or documents. */
  rows: z.number().int().nonnegative(),
});

/** How far a service's event log went, and how far the service had read the logs of others. */
const marksSchema = z.object({
  head: z.number().int().nonnegative(),
  cursors: z.array(z.object({ consumer: z.string(), owner: z.string(), position: z.number().int() })),
});

const databaseSchema = z.object({
  service: z.string(),
  kind: z.enum(['postgres', 'mongo']),
  /** The server's version: schemas are only compared between servers of one. */
  server: z.string(),
  marks: marksSchema,
  /** Tables, indexes and all that is no row. */
  schema: partSchema,
  parts: z.array(partSchema),
});

/** What a backup consists of. Written last: a backup without it is none. */
export const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Tells whether a place has the same secret, and nothing more of it. */
  secret: z.string(),
  databases: z.array(databaseSchema),
});

export type Part = z.infer<typeof partSchema>;
export type Marks = z.infer<typeof marksSchema>;
export type DatabaseEntry = z.infer<typeof databaseSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

const ROOT = 'backups/';
const MANIFEST = 'manifest.json';

/** What the keys of all backups begin with. */
export const BACKUPS = ROOT;
export const manifestKey = (backup: string): string => `${ROOT}${backup}/${MANIFEST}`;
export const databasePrefix = (backup: string, service: string): string => `${ROOT}${backup}/${service}/`;

/** @returns the backup a key belongs to */
export const backupOf = (key: string): string => key.slice(ROOT.length).split('/')[0] ?? '';

/** Sorts by time, and is a key's segment: `2026-11-28T07-30-05-123Z`. */
export const backupName = (now: Date): string => now.toISOString().replaceAll(/[:.]/g, '-');
