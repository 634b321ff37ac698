-- The order saga: how far each order is, what it waits for, and what happened on the way.
ALTER TYPE "timeline_type" ADD VALUE 'PAYMENT_CHALLENGED';
ALTER TYPE "timeline_type" ADD VALUE 'SHIPMENT_SCHEDULED';
ALTER TYPE "timeline_type" ADD VALUE 'IN_TRANSIT';
ALTER TYPE "timeline_type" ADD VALUE 'CANCEL_REQUESTED';
ALTER TYPE "timeline_type" ADD VALUE 'CANCEL_REFUSED';
ALTER TYPE "timeline_type" ADD VALUE 'PAYMENT_VOIDED';
ALTER TYPE "timeline_type" ADD VALUE 'REFUNDED';
ALTER TYPE "timeline_type" ADD VALUE 'RETURN_REQUESTED';
ALTER TYPE "timeline_type" ADD VALUE 'RETURN_SCHEDULED';
ALTER TYPE "timeline_type" ADD VALUE 'RETURNED';

CREATE TYPE "saga_status" AS ENUM ('RUNNING', 'COMPENSATING', 'RETURNING', 'STUCK', 'COMPLETE', 'COMPENSATED');
CREATE TYPE "saga_step" AS ENUM ('RESERVE_STOCK', 'AUTHORIZE_PAYMENT', 'COMMIT_STOCK', 'CAPTURE_PAYMENT', 'SCHEDULE_SHIPMENT', 'SHIP', 'DELIVER', 'RETURN_SHIPMENT', 'RECEIVE_RETURN', 'CANCEL_SHIPMENT', 'VOID_PAYMENT', 'RELEASE_STOCK');
CREATE TYPE "saga_entry_type" AS ENUM ('ASKED', 'ASKED_AGAIN', 'RESTARTED', 'EXTENDED', 'HURRIED', 'DONE', 'REFUSED', 'DROPPED', 'STUCK');

ALTER TABLE "orders" ADD COLUMN "refunded_minor" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "orders" ADD COLUMN "shipping_option_id" TEXT;

CREATE TABLE "sagas" (
    "order_id" TEXT NOT NULL,
    "status" "saga_status" NOT NULL,
    "steps" JSONB NOT NULL,
    "recorded" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "driver" TEXT,
    "leased_until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sagas_pkey" PRIMARY KEY ("order_id")
);

CREATE TABLE "saga_history" (
    "order_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "step" "saga_step" NOT NULL,
    "type" "saga_entry_type" NOT NULL,
    "detail" TEXT,

    CONSTRAINT "saga_history_pkey" PRIMARY KEY ("order_id","sequence")
);

CREATE INDEX "sagas_due_at_idx" ON "sagas"("due_at");
CREATE INDEX "sagas_started_at_order_id_idx" ON "sagas"("started_at" DESC, "order_id" DESC);
CREATE INDEX "sagas_status_started_at_order_id_idx" ON "sagas"("status", "started_at" DESC, "order_id" DESC);
ALTER TABLE "sagas" ADD CONSTRAINT "sagas_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "saga_history" ADD CONSTRAINT "saga_history_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "sagas"("order_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Orders of before, as far as they are. What they wait for is due now; the units of paid ones were not committed yet.
CREATE FUNCTION pg_temp.step(status TEXT, at TIMESTAMPTZ, ended BOOLEAN, deadline TIMESTAMPTZ, retry TIMESTAMPTZ) RETURNS JSONB
LANGUAGE sql AS $$
  SELECT jsonb_build_object(
    'status', status, 'attempts', CASE WHEN ended THEN 0 ELSE 1 END, 'startedAt', at,
    'endedAt', CASE WHEN ended THEN at END, 'deadline', deadline, 'nextRetryAt', retry, 'lastError', NULL, 'note', NULL)
$$;

WITH known AS (
  SELECT id, status, stock, payment, created_at, updated_at, decide_by,
    pg_temp.step('DONE', created_at, true, NULL, NULL) AS done,
    pg_temp.step('DROPPED', updated_at, true, NULL, NULL) AS dropped,
    pg_temp.step('REFUSED', updated_at, true, NULL, NULL) AS refused,
    pg_temp.step('ASKED', now(), false, decide_by, now()) AS deciding,
    pg_temp.step('ASKED', now(), false, now() + INTERVAL '30 minutes', now()) AS committing,
    pg_temp.step('ASKED', now(), false, now() + INTERVAL '21 days', NULL) AS delivering
  FROM orders
), told AS (
  SELECT *, CASE status
    WHEN 'PENDING' THEN jsonb_build_object('RESERVE_STOCK', CASE WHEN stock = 'REQUESTED' THEN deciding ELSE done END)
      || CASE WHEN payment = 'REQUESTED' THEN jsonb_build_object('AUTHORIZE_PAYMENT', deciding) ELSE '{}' END
    WHEN 'PLACED' THEN jsonb_build_object('RESERVE_STOCK', done, 'AUTHORIZE_PAYMENT', done, 'COMMIT_STOCK', committing)
    WHEN 'PAID' THEN jsonb_build_object(
      'RESERVE_STOCK', done, 'AUTHORIZE_PAYMENT', done, 'COMMIT_STOCK', committing, 'CAPTURE_PAYMENT', done)
    WHEN 'SHIPPED' THEN jsonb_build_object(
      'RESERVE_STOCK', done, 'AUTHORIZE_PAYMENT', done, 'COMMIT_STOCK', done, 'CAPTURE_PAYMENT', done, 'SHIP', done,
      'DELIVER', delivering)
    WHEN 'COMPLETE' THEN jsonb_build_object(
      'RESERVE_STOCK', done, 'AUTHORIZE_PAYMENT', done, 'COMMIT_STOCK', done, 'CAPTURE_PAYMENT', done, 'SHIP', done,
      'DELIVER', done)
    ELSE CASE WHEN stock = 'REFUSED' THEN jsonb_build_object('RESERVE_STOCK', refused)
        ELSE jsonb_build_object('RESERVE_STOCK', dropped, 'RELEASE_STOCK', done) END
      || CASE payment WHEN 'NONE' THEN '{}' WHEN 'DECLINED' THEN jsonb_build_object('AUTHORIZE_PAYMENT', refused)
        ELSE jsonb_build_object('AUTHORIZE_PAYMENT', dropped, 'VOID_PAYMENT', done) END
    END AS steps
  FROM known
)
INSERT INTO sagas (order_id, status, steps, recorded, due_at, started_at, updated_at)
SELECT id,
  CASE WHEN status = 'COMPLETE' THEN 'COMPLETE' WHEN status IN ('CANCELLED', 'FAILED') THEN 'COMPENSATED' ELSE 'RUNNING' END::saga_status,
  steps, 0,
  CASE status WHEN 'SHIPPED' THEN now() + INTERVAL '21 days' WHEN 'PENDING' THEN now() WHEN 'PLACED' THEN now() WHEN 'PAID' THEN now() END,
  created_at, now()
FROM told;

-- Each step a row, for people and for reports: the steps themselves are read and written as one.
CREATE VIEW "saga_steps" AS
  SELECT s.order_id, e.key::saga_step AS step, e.value ->> 'status' AS status, (e.value ->> 'attempts')::int AS attempts,
    (e.value ->> 'startedAt')::timestamptz AS started_at, (e.value ->> 'endedAt')::timestamptz AS ended_at,
    (e.value ->> 'deadline')::timestamptz AS deadline, (e.value ->> 'nextRetryAt')::timestamptz AS next_retry_at,
    e.value ->> 'lastError' AS last_error
  FROM sagas s, jsonb_each(s.steps) e;
