import type { Role } from '@souk/kit/auth';
import type { DomainEvent } from '@souk/kit/events';
import { type UserEventPayload, published } from './published.js';

/** Where an event comes from. */
export interface EventOrigin {
  readonly id: string;
  readonly occurredAt: Date;
  /** The request that caused it. */
  readonly correlationId: string;
}

interface EventUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly version: number;
}

const userEvent =
  <Type extends keyof (typeof published)['definitions']>(type: Type) =>
  (user: EventUser, origin: EventOrigin): DomainEvent<Type, UserEventPayload> => ({
    ...origin,
    type,
    source: published.source,
    aggregateId: user.id,
    version: user.version,
    occurredAt: origin.occurredAt.toISOString(),
    payload: { userId: user.id, email: user.email, name: user.name, roles: [...user.roles] },
  });

/** An account was made. */
export const userRegistered = userEvent('user.registered');

/** The name or the e-mail address of an account changed; the payload is the new state. */
export const userUpdated = userEvent('user.updated');
