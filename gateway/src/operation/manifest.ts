import { z } from 'zod';

/** One operation of a client, as its build wrote it down. */
export interface ManifestOperation {
  /** By which the client names it; usually the SHA-256 of the body, in hex. */
  readonly id: string;
  readonly name: string;
  /** The document, with the fragments it needs. */
  readonly body: string;
}

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
});

/**
 * Reads a manifest of persisted operations, in the format of Apollo's tools (and of `schema/operations.json`).
 *
 * @param file names it in the message
 * @throws Error that says what to do if the text is not one
 */
export function parseManifest(text: string, file: string): readonly ManifestOperation[] {
  try {
    return manifest.parse(JSON.parse(text)).operations;
  } catch (cause) {
    throw new Error(
      `${file} is not a manifest of persisted operations. Write it again with "npm run codegen".`,
      { cause },
    );
  }
}
