-- Refunds in parts, challenges, and what comes in from outside: requests of staff and notices of the provider.
ALTER TYPE "intent_status" ADD VALUE IF NOT EXISTS 'CHALLENGED';
ALTER TYPE "intent_status" ADD VALUE IF NOT EXISTS 'LAPSED';
ALTER TYPE "intent_operation" ADD VALUE IF NOT EXISTS 'LOOK_UP';

ALTER TABLE "intents"
  ADD COLUMN "decline_code" TEXT,
  ADD COLUMN "challenge_url" TEXT,
  -- They are few, and always read and written with the payment itself.
  ADD COLUMN "refunds" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "refunded_minor" INTEGER NOT NULL DEFAULT 0;

UPDATE "intents" SET "decline_code" = 'DECLINED' WHERE "status" = 'DECLINED';
UPDATE "intents" SET "refunded_minor" = "amount_minor", "refunds" = jsonb_build_array(jsonb_build_object(
    'id', 'rest-1', 'amountMinor', "amount_minor", 'reason', 'The order was undone.', 'status', 'SUCCEEDED',
    'refusal', NULL, 'createdAt', to_char("updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  WHERE "status" = 'REFUNDED';

-- Whatever the code does: never more goes back than was taken.
ALTER TABLE "intents" ADD CONSTRAINT "intents_refund_no_more_than_they_took"
  CHECK ("refunded_minor" = 0 OR ("refunded_minor" > 0 AND "refunded_minor" <= "amount_minor"));

-- What staff asked to give back, by the key of the request: the first outcome is the outcome. Plain SQL, not Prisma.
CREATE TABLE "refund_requests" (
    "idempotency_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "refund_id" TEXT NOT NULL,
    -- Null for one that was accepted.
    "refusal" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_requests_pkey" PRIMARY KEY ("idempotency_key")
);

-- Webhooks that took effect, so that one that comes again does not. Plain SQL, not Prisma.
CREATE TABLE "provider_notices" (
    "id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_notices_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "provider_notices_received_at_idx" ON "provider_notices"("received_at");
