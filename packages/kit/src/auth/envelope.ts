import { errors, type JWTPayload, SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors/app-error.js';
import type { RequestContext } from '../subgraph/request.js';

/** The header that carries the signed request context from the gateway to a subgraph. */
export const ENVELOPE_HEADER = 'x-souk-envelope';

/** How long an envelope is accepted, in seconds. Long enough for a slow hop, too short to be worth stealing. */
export const ENVELOPE_LIFETIME_SECONDS = 30;

/** By how much the clocks of gateway and subgraph may differ, either way, in seconds. */
export const ENVELOPE_SKEW_SECONDS = 30;

const viewerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string().min(1),
    roles: z.array(z.enum(['CUSTOMER', 'STAFF', 'ADMIN'])),
  }),
  z.object({ kind: z.literal('service'), service: z.string().min(1) }),
]);
const claimsSchema = z.object({
  viewer: viewerSchema,
  requestId: z.string().min(1),
  cartToken: z.string().optional(),
  clientAddress: z.string().optional(),
});

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/**
 * Signs who asks, for one subgraph and for 30 seconds.
 *
 * @param secret shared by the gateway and the subgraphs, at least 32 characters
 * @example headers[ENVELOPE_HEADER] = await signEnvelope(context, { audience: 'orders', secret });
 */
export async function signEnvelope(
  context: RequestContext,
  options: { audience: string; secret: string; now?: Date },
): Promise<string> {
  const issuedAt = Math.floor((options.now ?? new Date()).getTime() / 1000);
  const { viewer, requestId, cartToken, clientAddress } = context;
  return new SignJWT({ viewer, requestId, cartToken, clientAddress })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(options.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ENVELOPE_LIFETIME_SECONDS)
    .sign(keyOf(options.secret));
}

/**
 * Reads an envelope back.
 * @throws AppError UNAUTHENTICATED if it is forged or meant for another subgraph, UNAVAILABLE if it is of another time:
 * then a clock is wrong, or it was on its way for too long, and no client should sign in again because of that.
 */
export async function verifyEnvelope(
  envelope: string,
  options: { audience: string; secret: string; now?: Date },
): Promise<RequestContext> {
  try {
    const { payload } = await jwtVerify(envelope, keyOf(options.secret), {
      audience: options.audience,
      algorithms: ['HS256'],
      requiredClaims: ['exp', 'iat', 'aud'],
      clockTolerance: ENVELOPE_SKEW_SECONDS,
      ...(options.now ? { currentDate: options.now } : {}),
    });
    if (isFromTheFuture(payload, options.now ?? new Date())) throw outOfDate();
    const { viewer, requestId, cartToken, clientAddress } = claimsSchema.parse(payload);
    return {
      viewer,
      requestId,
      ...(cartToken === undefined ? {} : { cartToken }),
      ...(clientAddress === undefined ? {} : { clientAddress }),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof errors.JWTExpired) throw outOfDate(cause);
    throw new AppError(
      'UNAUTHENTICATED',
      'The identity envelope is not valid. Call through the gateway, or sign it with SOUK_INTERNAL_SECRET.',
      { cause },
    );
  }
}

/** Else a subgraph whose clock is behind would believe envelopes for longer than their life. */
const isFromTheFuture = ({ iat = 0 }: JWTPayload, now: Date): boolean =>
  iat > now.getTime() / 1000 + ENVELOPE_SKEW_SECONDS;

const outOfDate = (cause?: unknown): AppError =>
  new AppError(
    'UNAVAILABLE',
    `The identity envelope is of another time. Set the clocks of gateway and subgraphs: they may differ by ${ENVELOPE_SKEW_SECONDS} s.`,
    { cause },
  );
