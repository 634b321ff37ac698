-- Events of a subgraph: what it publishes (outbox) and what it has taken in (inbox, cursors, dead letters).
-- They live in a schema of their own, which Prisma neither manages nor reports as drift.
CREATE SCHEMA events;

CREATE TABLE events.outbox (
  sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Given by the relay, in the order of commits and without gaps. Identity numbers are not in that order: a reader
  -- who went by them would skip a transaction that commits late.
  position BIGINT UNIQUE,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  aggregate_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL,
  correlation_id TEXT NOT NULL,
  payload JSONB NOT NULL
);
CREATE INDEX outbox_unrelayed ON events.outbox (sequence) WHERE position IS NULL;

CREATE FUNCTION events.wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('souk_outbox', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER wake_relay AFTER INSERT ON events.outbox
  FOR EACH STATEMENT EXECUTE FUNCTION events.wake_relay();

CREATE TABLE events.inbox (
  consumer TEXT NOT NULL,
  event_id TEXT NOT NULL,
  received_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);

CREATE TABLE events.cursors (
  consumer TEXT NOT NULL,
  owner TEXT NOT NULL,
  position BIGINT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, owner)
);

CREATE TABLE events.dead_letters (
  consumer TEXT NOT NULL,
  event_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  event JSONB NOT NULL,
  error TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  failed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
