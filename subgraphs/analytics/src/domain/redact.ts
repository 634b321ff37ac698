import type { DomainEvent } from '@souk/kit/events';

/** A payload that may be kept for ever, and the paths of what was taken out of it. */
export interface Redacted {
  readonly payload: unknown;
  readonly removed: readonly string[];
}

/** Names of secrets, wherever in a word: `paymentToken`, `accessToken`, `passwordHash`, `client_secret`, `apiKey`. */
const SECRET_NAME =
  /token|secret|password|passwd|passphrase|credential|authorization$|cookie|api_?key|private_?key|signature|cvc|cvv|card_?number|\biban\b|^pan$/i;
/** What would open something even under a harmless name, or within a sentence: tokens of providers, JWTs, PEM keys. */
const SECRET_VALUE =
  /\b(tok|pm|sk|pk|whsec|seti|src)_\w+|\beyJ[\w-]+\.[\w-]+\.|\bBearer |-----BEGIN [A-Z ]*PRIVATE KEY/;
/** A link that lets its holder in: the challenge of a payment. */
const SECRET_LINK = /^(challengeUrl|resetUrl|signInUrl)$/;
/** Who a person is: a store that nothing can be taken out of must not know. Ids stand for people. */
const PERSONAL_NAME =
  /^(\w*email|\w*phone|(first|last|full|given|family|display)name|address|(shipping|billing)address|recipient|line[12]|postalcode|ip|clientaddress|useragent)$/i;
/** Subgraphs whose `name` is a person's. */
const KNOWS_PEOPLE: ReadonlySet<string> = new Set(['users']);

/**
 * Takes secrets and personal data out of an event's payload, at any depth. What they are is told by name, and secrets
 * by their look, too: a new event or a new field is safe without a change here.
 *
 * @param source the subgraph whose event it is
 * @example redact('orders', { orderId: 'o1', paymentToken: 'tok_approve' }) // payload { orderId: 'o1' }, removed ['paymentToken']
 */
export function redact(source: string, payload: unknown): Redacted {
  const removed: string[] = [];
  const clean = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => clean(item, `${path}[${index}]`));
    if (typeof value === 'string' && SECRET_VALUE.test(value)) {
      removed.push(path);
      return null;
    }
    if (typeof value !== 'object' || value === null) return value;
    const kept: [string, unknown][] = [];
    for (const [name, member] of Object.entries(value)) {
      const place = path === '' ? name : `${path}.${name}`;
      // What is null tells nothing; that a guest has no customer id, or an order no token any more, is no secret.
      if (member !== null && isPrivate(name, source)) removed.push(place);
      else kept.push([name, clean(member, place)]);
    }
    return Object.fromEntries(kept);
  };
  return { payload: clean(payload, ''), removed };
}

const isPrivate = (name: string, source: string): boolean =>
  SECRET_NAME.test(name) ||
  SECRET_LINK.test(name) ||
  PERSONAL_NAME.test(name) ||
  (name === 'name' && KNOWS_PEOPLE.has(source));

/** An event without secrets and personal data, and the paths of what was taken out of its payload. */
export type RedactedEvent<Event extends DomainEvent = DomainEvent> = Event & {
  readonly redacted: readonly string[];
};

/** The event as it may be kept; one that is redacted already stays as it is. */
export function redactEvent<Event extends DomainEvent>(event: Event): RedactedEvent<Event> {
  if (isRedacted(event)) return event;
  const { payload, removed } = redact(event.source, event.payload);
  return { ...event, payload, redacted: removed };
}

const isRedacted = <Event extends DomainEvent>(event: Event): event is RedactedEvent<Event> =>
  'redacted' in event;
