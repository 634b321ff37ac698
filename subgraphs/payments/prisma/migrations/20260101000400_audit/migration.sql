-- For whoever checks from outside that no money is lost or taken twice. Read-only views; names and columns are a promise.
CREATE SCHEMA audit;

-- What the sandbox did: one row a movement of money or of a hold.
CREATE VIEW audit.provider_movements AS
  SELECT order_id, kind, amount_minor, currency, key, number, at
  FROM sandbox.movements
  WHERE kind IN ('CAPTURE', 'VOID', 'REFUND') AND outcome = 'DONE'
  UNION ALL
  SELECT held.order_id, held.kind, held.amount_minor, held.currency, held.key, held.number, held.at
  FROM sandbox.movements held
  LEFT JOIN sandbox.movements asked ON asked.order_id = held.order_id AND asked.kind = 'CHALLENGE'
  WHERE held.kind = 'AUTHORIZE' AND (held.outcome = 'DONE' OR (held.outcome = 'OPEN' AND asked.outcome = 'DONE'));

-- The same, one row an order.
CREATE VIEW audit.provider_balances AS
  SELECT order_id,
    coalesce(sum(amount_minor) FILTER (WHERE kind = 'AUTHORIZE'), 0)::integer AS authorized_minor,
    coalesce(sum(amount_minor) FILTER (WHERE kind = 'CAPTURE'), 0)::integer AS captured_minor,
    coalesce(sum(amount_minor) FILTER (WHERE kind = 'REFUND'), 0)::integer AS refunded_minor,
    bool_or(kind = 'VOID') AS voided,
    count(*) FILTER (WHERE kind = 'CAPTURE')::integer AS captures
  FROM audit.provider_movements GROUP BY order_id;

-- What payments believes. `is_settled`: nothing is being asked of the provider, and nothing is due.
CREATE VIEW audit.intents AS
  SELECT order_id, payment_id, status::text AS status, goal::text AS goal, version, amount_minor, currency::text AS currency,
    CASE WHEN status::text IN ('AUTHORIZED', 'CAPTURED', 'REFUNDED') THEN amount_minor ELSE 0 END AS authorized_minor,
    CASE WHEN status::text IN ('CAPTURED', 'REFUNDED') THEN amount_minor ELSE 0 END AS captured_minor,
    refunded_minor, operation IS NULL AS is_settled, created_at, updated_at
  FROM public.intents;

-- Where both differ although nothing is under way. Empty, or somebody's money is wrong.
CREATE VIEW audit.disagreements AS
  SELECT coalesce(ours.order_id, theirs.order_id) AS order_id, ours.status, ours.amount_minor,
    coalesce(ours.captured_minor, 0) AS captured_minor, coalesce(ours.refunded_minor, 0) AS refunded_minor,
    coalesce(theirs.authorized_minor, 0) AS provider_authorized_minor,
    coalesce(theirs.captured_minor, 0) AS provider_captured_minor,
    coalesce(theirs.refunded_minor, 0) AS provider_refunded_minor,
    coalesce(theirs.voided, false) AS provider_voided
  FROM audit.intents ours FULL JOIN audit.provider_balances theirs ON theirs.order_id = ours.order_id
  WHERE coalesce(ours.is_settled, true) AND (
    coalesce(ours.captured_minor, 0) <> coalesce(theirs.captured_minor, 0)
    OR coalesce(ours.refunded_minor, 0) <> coalesce(theirs.refunded_minor, 0)
    OR (ours.status = 'AUTHORIZED' AND (theirs.authorized_minor IS DISTINCT FROM ours.amount_minor OR theirs.voided))
    OR (ours.status = 'VOIDED' AND coalesce(theirs.authorized_minor, 0) > 0 AND NOT theirs.voided)
    OR (coalesce(ours.status, 'DECLINED') = 'DECLINED' AND coalesce(theirs.authorized_minor, 0) > 0 AND NOT theirs.voided));
