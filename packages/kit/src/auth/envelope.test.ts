import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../subgraph/request.js';
import {
  ENVELOPE_LIFETIME_SECONDS,
  ENVELOPE_SKEW_SECONDS,
  signEnvelope,
  verifyEnvelope,
} from './envelope.js';

const secret = 'a-shared-secret-of-at-least-32-characters';
const now = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const context: RequestContext = {
  viewer: { kind: 'user', userId: 'u1', roles: ['STAFF'] },
  requestId: 'r1',
  cartToken: 'cart',
  clientAddress: '192.0.2.1',
};

describe('identity envelope', () => {
  it('carries the whole context to the subgraph it is meant for', async () => {
    const envelope = await signEnvelope(context, { audience: 'orders', secret, now });
    expect(await verifyEnvelope(envelope, { audience: 'orders', secret, now: later(10) })).toEqual(context);
  });

  it('carries an anonymous viewer without inventing anything', async () => {
    const anonymous: RequestContext = { viewer: { kind: 'anonymous' }, requestId: 'r2' };
    const envelope = await signEnvelope(anonymous, { audience: 'orders', secret, now });
    expect(await verifyEnvelope(envelope, { audience: 'orders', secret, now })).toEqual(anonymous);
  });

  it.each([
    ['another subgraph', { audience: 'users', secret, now }],
    ['another secret', { audience: 'orders', secret: 'b-shared-secret-of-at-least-32-characters', now }],
  ])('is refused by %s', async (_name, rules) => {
    const envelope = await signEnvelope(context, { audience: 'orders', secret, now });
    await expect(verifyEnvelope(envelope, rules)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('stands clocks that differ a little, either way', async () => {
    const envelope = await signEnvelope(context, { audience: 'orders', secret, now });
    for (const seconds of [-ENVELOPE_SKEW_SECONDS, ENVELOPE_LIFETIME_SECONDS + ENVELOPE_SKEW_SECONDS - 1]) {
      const rules = { audience: 'orders', secret, now: later(seconds) };
      expect(await verifyEnvelope(envelope, rules)).toEqual(context);
    }
  });

  it('is of another time beyond that: no reason for a client to sign in again', async () => {
    const envelope = await signEnvelope(context, { audience: 'orders', secret, now });
    for (const seconds of [-ENVELOPE_SKEW_SECONDS - 1, ENVELOPE_LIFETIME_SECONDS + ENVELOPE_SKEW_SECONDS]) {
      const rules = { audience: 'orders', secret, now: later(seconds) };
      await expect(verifyEnvelope(envelope, rules)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(verifyEnvelope(envelope, rules)).rejects.toThrow('Set the clocks');
    }
  });

  it('is refused when it is unsigned, altered or malformed', async () => {
    const unsigned = new UnsecuredJWT({ ...context, aud: 'orders', exp: 9_999_999_999 }).encode();
    const [header, , signature] = (await signEnvelope(context, { audience: 'orders', secret, now })).split(
      '.',
    );
    const claims = {
      viewer: { kind: 'user', userId: 'u1', roles: ['ADMIN'] },
      requestId: 'r1',
      aud: 'orders',
      exp: 9_999_999_999,
    };
    const altered = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    for (const envelope of [unsigned, altered, '', 'a.b.c']) {
      await expect(verifyEnvelope(envelope, { audience: 'orders', secret, now })).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    }
  });
});
