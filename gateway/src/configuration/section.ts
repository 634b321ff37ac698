import { z } from 'zod';

/** A section: every option of its type must be listed, and nothing else is taken. */
export const section = <Options extends object>(
  shape: Readonly<Record<keyof Required<Options>, z.ZodType>>,
) => z.strictObject(shape);

export const ms = z.number().min(0).optional();
/** Milliseconds of something that takes some time. */
export const duration = z.number().min(1).optional();
export const texts = z.array(z.string().min(1)).optional();
