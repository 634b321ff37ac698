import { z } from 'zod';
import { ALGORITHMS, type IssuerOptions } from '../identity/issuer.js';
import type { KeyOptions } from '../identity/key-set.js';
import type { CookieOptions, IdentityOptions } from '../identity/identity-options.js';
import type { ClaimsOptions } from '../identity/read-claims.js';
import { duration, ms, section, texts } from './section.js';

const text = z.string().min(1);

const claims = section<ClaimsOptions>({
  roles: texts,
  scopes: texts,
  roleNames: z.record(text, z.enum(['CUSTOMER', 'STAFF', 'ADMIN'])).optional(),
  userPrefix: z.string().optional(),
});

/** One issuer of access tokens, as it may stand in `gateway.config.ts` or in `JWT_ISSUERS`. */
export const issuerSchema = section<IssuerOptions>({
  issuer: text,
  jwksUri: z.url({ protocol: /^https?$/ }).optional(),
  audience: z.union([text, z.array(text).min(1)]).optional(),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).optional(),
  claims: claims.optional(),
}).refine(({ issuer, jwksUri }) => jwksUri !== undefined || URL.canParse(String(issuer)), {
  path: ['jwksUri'],
  error: 'is needed for an issuer that is no URL: its keys cannot be discovered',
});

export const identitySchema = section<IdentityOptions>({
  issuers: z.array(issuerSchema).optional(),
  cookie: section<CookieOptions>({
    name: z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a cookie'),
  }).optional(),
  clockToleranceSeconds: z.number().min(0).max(600).optional(),
  cacheSize: z.int().min(0).optional(),
  keys: section<KeyOptions>({
    refreshMs: duration,
    keepMs: duration,
    cooldownMs: ms,
    timeoutMs: duration,
  }).optional(),
});
