-- The event store: every event of every subgraph, in one chain. Each record's hash covers the record before it and the
-- whole of its own content, so that nothing can be changed, taken out or put in between without a trace.
CREATE SCHEMA audit;

CREATE TABLE audit.records (
  -- Place in the chain: from 1, without gaps.
  number BIGINT NOT NULL,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  aggregate_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  schema_version INTEGER,
  occurred_at TIMESTAMPTZ(3) NOT NULL,
  correlation_id TEXT NOT NULL,
  -- Without secrets and personal data: what was taken out is named in `redacted`.
  payload JSONB NOT NULL,
  redacted TEXT[] NOT NULL,
  recorded_at TIMESTAMPTZ(3) NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (number, occurred_at),
  -- An event that comes again says the same instant, so within its month it is found by its id.
  UNIQUE (event_id, occurred_at)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX records_by_time ON audit.records (occurred_at, number);
CREATE INDEX records_by_type ON audit.records (type, occurred_at, number);
CREATE INDEX records_by_aggregate ON audit.records (aggregate_id, occurred_at, number);
CREATE INDEX records_by_correlation ON audit.records (correlation_id, occurred_at, number);
CREATE INDEX records_by_order ON audit.records ((payload ->> 'orderId'), occurred_at, number)
  WHERE payload ->> 'orderId' IS NOT NULL;

-- The last record: what the next one is chained to, and what tells that records are missing at the end.
CREATE TABLE audit.head (
  the_only BOOLEAN PRIMARY KEY DEFAULT true CHECK (the_only),
  number BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  recorded_at TIMESTAMPTZ(3) NOT NULL
);
INSERT INTO audit.head VALUES (true, 0, decode(repeat('00', 32), 'hex'), to_timestamp(0));

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.records
  FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON audit.records
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
-- ALWAYS: also in a session that calls itself a replica.
ALTER TABLE audit.records ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE audit.records ENABLE ALWAYS TRIGGER never_truncated;
REVOKE UPDATE, DELETE, TRUNCATE ON audit.records FROM CURRENT_USER;

-- Makes the partition of a month (UTC) if it is not there. The appender's lock lets one caller in at a time.
CREATE FUNCTION audit.open_month(instant TIMESTAMPTZ) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first TIMESTAMP := date_trunc('month', instant AT TIME ZONE 'UTC');
  name TEXT := 'records_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass(format('audit.%I', name)) IS NOT NULL THEN
    RETURN;
  END IF;
  -- Made beside and then attached: unlike CREATE ... PARTITION OF, that blocks no reader.
  EXECUTE format('CREATE TABLE audit.%I (LIKE audit.records)', name);
  EXECUTE format(
    'ALTER TABLE audit.records ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)',
    name, first AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
  -- Triggers for rows are inherited, those for statements are not, and neither is ALWAYS everywhere.
  EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON audit.%I
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', name);
  EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER append_only', name);
  EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER never_truncated', name);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit.%I FROM CURRENT_USER', name);
END
$$;

-- What auditors and checkers read.
CREATE VIEW audit.events AS
  SELECT number, event_id AS id, type, source, aggregate_id, version, schema_version, occurred_at, correlation_id,
         payload, redacted, recorded_at, encode(hash, 'hex') AS hash
  FROM audit.records;
CREATE TRIGGER read_only INSTEAD OF INSERT OR UPDATE OR DELETE ON audit.events
  FOR EACH ROW EXECUTE FUNCTION audit.refuse();
