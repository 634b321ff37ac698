import { createHash } from 'node:crypto';

/** Enough of a secret's hash to see that two are not the same, and too little to find it. */
export const fingerprint = (secret: string): string =>
  createHash('sha256').update(`souk backup\n${secret}`).digest('hex').slice(0, 6);
