CREATE TYPE "order_status" AS ENUM ('PENDING', 'PLACED', 'PAID', 'SHIPPED', 'COMPLETE', 'CANCELLED', 'FAILED');
CREATE TYPE "stock_step" AS ENUM ('REQUESTED', 'RESERVED', 'REFUSED', 'RELEASED', 'COMMITTED');
CREATE TYPE "payment_step" AS ENUM ('NONE', 'REQUESTED', 'AUTHORIZED', 'DECLINED', 'UNDONE', 'CAPTURED');
CREATE TYPE "timeline_type" AS ENUM ('RECEIVED', 'STOCK_RESERVED', 'STOCK_REFUSED', 'PAYMENT_AUTHORIZED', 'PAYMENT_DECLINED', 'PLACED', 'PAID', 'SHIPPED', 'COMPLETE', 'CANCELLED', 'FAILED');
CREATE TYPE "currency_code" AS ENUM ('EUR', 'GBP', 'USD');

CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "customer_id" TEXT,
    "email" TEXT NOT NULL,
    "status" "order_status" NOT NULL DEFAULT 'PENDING',
    "version" INTEGER NOT NULL,
    "published" INTEGER NOT NULL,
    "stock" "stock_step" NOT NULL DEFAULT 'REQUESTED',
    "payment" "payment_step" NOT NULL DEFAULT 'NONE',
    "accepted" BOOLEAN NOT NULL DEFAULT false,
    "failure" JSONB,
    "currency" "currency_code" NOT NULL,
    "total_minor" INTEGER NOT NULL,
    "ship_name" TEXT NOT NULL,
    "ship_line1" TEXT NOT NULL,
    "ship_line2" TEXT,
    "ship_city" TEXT NOT NULL,
    "ship_postal_code" TEXT NOT NULL,
    "ship_country" CHAR(2) NOT NULL,
    "payment_token" TEXT,
    "access_token_hash" BYTEA NOT NULL,
    "cart_id" TEXT,
    "decide_by" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "order_lines" (
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price_minor" INTEGER NOT NULL,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("order_id","position")
);

CREATE TABLE "order_timeline" (
    "order_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" "timeline_type" NOT NULL,
    "status" "order_status" NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_timeline_pkey" PRIMARY KEY ("order_id","version")
);

CREATE TABLE "placements" (
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "order_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "placements_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "carts" (
    "id" TEXT NOT NULL,
    "user_id" TEXT,
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "cart_lines" (
    "id" TEXT NOT NULL,
    "cart_id" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price_minor" INTEGER NOT NULL,
    "currency" "currency_code" NOT NULL,
    "quoted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cart_lines_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");
CREATE INDEX "orders_customer_id_created_at_id_idx" ON "orders"("customer_id", "created_at" DESC, "id" DESC);
CREATE INDEX "orders_created_at_id_idx" ON "orders"("created_at" DESC, "id" DESC);
CREATE INDEX "orders_status_created_at_id_idx" ON "orders"("status", "created_at" DESC, "id" DESC);
CREATE INDEX "orders_updated_at_idx" ON "orders"("updated_at");
CREATE UNIQUE INDEX "placements_order_id_key" ON "placements"("order_id");
CREATE UNIQUE INDEX "carts_user_id_key" ON "carts"("user_id");
CREATE UNIQUE INDEX "carts_token_hash_key" ON "carts"("token_hash");
CREATE UNIQUE INDEX "cart_lines_cart_id_variant_id_key" ON "cart_lines"("cart_id", "variant_id");
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "order_timeline" ADD CONSTRAINT "order_timeline_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "placements" ADD CONSTRAINT "placements_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "carts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Checks, which Prisma's language cannot say: what the domain promises, held by the database as well.
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_is_not_negative" CHECK ("total_minor" >= 0);
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_are_sound" CHECK ("quantity" > 0 AND "unit_price_minor" >= 0);
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_are_sound" CHECK ("quantity" BETWEEN 1 AND 99 AND "unit_price_minor" >= 0);
ALTER TABLE "carts" ADD CONSTRAINT "carts_have_one_owner" CHECK (("user_id" IS NULL) <> ("token_hash" IS NULL));

-- The shop's first order is S-10001.
ALTER SEQUENCE "orders_number_seq" RESTART WITH 10001;
