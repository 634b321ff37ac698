-- The sandbox provider's own books. It is another company as far as payments is concerned: written in transactions of
-- its own, never joined by our code, read by whoever checks that both sides agree (schema `audit`).
CREATE SCHEMA sandbox;

CREATE TABLE sandbox.movements (
  -- The idempotency key of the call: a second call finds what the first one did.
  key TEXT PRIMARY KEY,
  number BIGINT GENERATED ALWAYS AS IDENTITY,
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('AUTHORIZE', 'CHALLENGE', 'CAPTURE', 'VOID', 'REFUND')),
  -- OPEN: waits for the shopper, see the movement CHALLENGE.
  outcome TEXT NOT NULL CHECK (outcome IN ('DONE', 'REFUSED', 'OPEN')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  currency TEXT NOT NULL,
  -- The test token, which decides how the payment behaves. Only AUTHORIZE has one.
  token TEXT,
  -- What the shopper's bank knows the challenge by; hard to guess.
  challenge_id TEXT UNIQUE,
  code TEXT,
  reason TEXT,
  at TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX movements_of_an_order ON sandbox.movements (order_id);
CREATE UNIQUE INDEX one_hold_an_order ON sandbox.movements (order_id) WHERE kind = 'AUTHORIZE';
CREATE UNIQUE INDEX one_capture_an_order ON sandbox.movements (order_id) WHERE kind = 'CAPTURE' AND outcome = 'DONE';

-- Calls that failed before anything was written down.
CREATE TABLE sandbox.faults (
  key TEXT PRIMARY KEY,
  calls INTEGER NOT NULL
);

-- How the sandbox misbehaves for a while, for all replicas.
CREATE TABLE sandbox.drill (
  one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
  mode TEXT NOT NULL,
  until TIMESTAMPTZ(3) NOT NULL
);

-- Payments made before the sandbox had books.
INSERT INTO sandbox.movements (key, order_id, kind, outcome, amount_minor, currency, token, at)
  SELECT order_id || ':authorize', order_id, 'AUTHORIZE', 'DONE', amount_minor, currency::text, 'tok_approve', created_at
  FROM public.intents WHERE provider_reference IS NOT NULL AND amount_minor IS NOT NULL;
INSERT INTO sandbox.movements (key, order_id, kind, outcome, amount_minor, currency, at)
  SELECT order_id || ':capture', order_id, 'CAPTURE', 'DONE', amount_minor, currency::text, updated_at
  FROM public.intents WHERE provider_reference IS NOT NULL AND status::text IN ('CAPTURED', 'REFUNDED');
INSERT INTO sandbox.movements (key, order_id, kind, outcome, amount_minor, currency, at)
  SELECT order_id || ':void', order_id, 'VOID', 'DONE', amount_minor, currency::text, updated_at
  FROM public.intents WHERE provider_reference IS NOT NULL AND status::text = 'VOIDED';
INSERT INTO sandbox.movements (key, order_id, kind, outcome, amount_minor, currency, at)
  SELECT order_id || ':refund:rest-1', order_id, 'REFUND', 'DONE', amount_minor, currency::text, updated_at
  FROM public.intents WHERE provider_reference IS NOT NULL AND status::text = 'REFUNDED';
