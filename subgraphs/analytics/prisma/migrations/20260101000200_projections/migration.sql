-- What reports are read from. Everything here can be made again from audit.records; a rebuild makes it beside, in the
-- schema `projections_next`, and swaps the two.
CREATE FUNCTION audit.create_projections(name TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE SCHEMA %I', name);
  -- What is known of each order; daily totals are the sum of what each order adds to them.
  EXECUTE format('CREATE TABLE %I.orders (
    order_id TEXT PRIMARY KEY,
    history JSONB NOT NULL
  )', name);
  -- report: sales (subject is empty), stages (subject is the stage) or products (subject is the variant).
  EXECUTE format('CREATE TABLE %I.daily_totals (
    report TEXT NOT NULL,
    day DATE NOT NULL,
    subject TEXT NOT NULL,
    currency TEXT NOT NULL,
    orders BIGINT NOT NULL,
    units BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    returned_minor BIGINT NOT NULL,
    PRIMARY KEY (report, day, subject, currency)
  )', name);
END
$$;
SELECT audit.create_projections('projections');
