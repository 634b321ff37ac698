CREATE TYPE "intent_status" AS ENUM ('NEW', 'REQUESTED', 'AUTHORIZED', 'DECLINED', 'CAPTURED', 'VOIDED', 'REFUNDED');
CREATE TYPE "intent_goal" AS ENUM ('AUTHORIZED', 'CAPTURED', 'UNDONE');
CREATE TYPE "intent_operation" AS ENUM ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND');
CREATE TYPE "currency_code" AS ENUM ('EUR', 'GBP', 'USD');

CREATE TABLE "intents" (
    "order_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "status" "intent_status" NOT NULL,
    "goal" "intent_goal" NOT NULL,
    "version" INTEGER NOT NULL,
    "amount_minor" INTEGER,
    "currency" "currency_code",
    "customer_id" TEXT,
    "payment_token" TEXT,
    "decline_reason" TEXT,
    "provider_reference" TEXT,
    "operation" "intent_operation",
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intents_pkey" PRIMARY KEY ("order_id")
);
CREATE UNIQUE INDEX "intents_payment_id_key" ON "intents"("payment_id");
CREATE INDEX "intents_due_at_idx" ON "intents"("due_at");

-- A payment knows its amount from the moment that the provider is asked.
ALTER TABLE "intents" ADD CONSTRAINT "intents_know_their_amount"
  CHECK ("status" IN ('NEW', 'VOIDED') OR ("amount_minor" IS NOT NULL AND "amount_minor" >= 0 AND "currency" IS NOT NULL));
