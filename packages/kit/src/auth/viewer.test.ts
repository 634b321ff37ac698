import { describe, expect, it } from 'vitest';
import {
  ANONYMOUS,
  type Role,
  type Viewer,
  hasRole,
  isInternal,
  requireRole,
  requireUser,
} from './viewer.js';

const user = (...roles: Role[]): Viewer => ({ kind: 'user', userId: 'u', roles });
const service: Viewer = { kind: 'service', service: 'orders' };

describe('viewer', () => {
  it('gives ADMIN every role, and nobody else one they do not hold', () => {
    expect(hasRole(user('ADMIN'), 'STAFF')).toBe(true);
    expect(hasRole(user('STAFF'), 'STAFF')).toBe(true);
    expect(hasRole(user('CUSTOMER'), 'STAFF')).toBe(false);
    expect(hasRole(user('STAFF'), 'ADMIN')).toBe(false);
    expect(hasRole(service, 'STAFF')).toBe(false);
    expect(hasRole(ANONYMOUS, 'CUSTOMER')).toBe(false);
  });

  it('counts staff and services as internal', () => {
    expect([user('STAFF'), user('ADMIN'), service, user('CUSTOMER'), ANONYMOUS].map(isInternal)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('refuses with a code that tells signing in from lacking a role', () => {
    expect(requireUser(user('CUSTOMER')).userId).toBe('u');
    expect(() => requireUser(ANONYMOUS)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    expect(() => requireRole(ANONYMOUS, 'STAFF')).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
    expect(() => requireRole(user('CUSTOMER'), 'STAFF')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
    expect(requireRole(user('ADMIN'), 'STAFF').roles).toEqual(['ADMIN']);
  });
});
