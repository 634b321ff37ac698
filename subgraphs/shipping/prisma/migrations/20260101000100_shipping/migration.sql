CREATE TYPE "shipment_status" AS ENUM ('NEW', 'REQUESTED', 'REFUSED', 'SCHEDULED', 'CANCELLED', 'SHIPPED', 'DELIVERED', 'RETURN_SCHEDULED', 'RETURNING', 'RETURNED', 'LOST');
CREATE TYPE "shipment_operation" AS ENUM ('BOOK', 'CANCEL', 'BOOK_RETURN');
CREATE TYPE "shipment_advance" AS ENUM ('SHIPPED', 'DELIVERED');
CREATE TYPE "shipment_leg" AS ENUM ('OUTBOUND', 'RETURN');
CREATE TYPE "scan_kind" AS ENUM ('PICKED_UP', 'MOVED', 'DELIVERED', 'LOST');

CREATE TABLE "shipments" (
    "order_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "status" "shipment_status" NOT NULL,
    "version" INTEGER NOT NULL,
    "tracked" INTEGER NOT NULL DEFAULT 0,
    "scanned_at" TIMESTAMPTZ(3),
    "customer_id" TEXT,
    "consignment" JSONB,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "eta" TIMESTAMPTZ(3),
    "return_carrier" TEXT,
    "return_tracking_number" TEXT,
    "return_eta" TIMESTAMPTZ(3),
    "cancel_wanted" BOOLEAN NOT NULL DEFAULT false,
    "return_reason" TEXT,
    "advance_to" "shipment_advance",
    "refusal" TEXT,
    "operation" "shipment_operation",
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("order_id")
);
CREATE UNIQUE INDEX "shipments_shipment_id_key" ON "shipments"("shipment_id");
CREATE UNIQUE INDEX "shipments_tracking_number_key" ON "shipments"("tracking_number");
CREATE UNIQUE INDEX "shipments_return_tracking_number_key" ON "shipments"("return_tracking_number");
CREATE INDEX "shipments_due_at_idx" ON "shipments"("due_at");

-- What has left has a label, and what has a label was asked for.
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_on_their_way_have_a_label"
  CHECK ("status" IN ('NEW', 'REQUESTED', 'REFUSED', 'CANCELLED') OR ("carrier" IS NOT NULL AND "tracking_number" IS NOT NULL AND "eta" IS NOT NULL));

CREATE TABLE "tracking_events" (
    "order_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "leg" "shipment_leg" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "tracking_events_pkey" PRIMARY KEY ("order_id", "number")
);
ALTER TABLE "tracking_events" ADD CONSTRAINT "tracking_events_order_id_fkey"
  FOREIGN KEY ("order_id") REFERENCES "shipments"("order_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The simulated carrier's own book: what it is going to see, and when. A row is driven once, by whichever replica comes
-- first.
CREATE TABLE "simulated_scans" (
    "tracking_number" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "leg" "shipment_leg" NOT NULL,
    "kind" "scan_kind" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "driven_at" TIMESTAMPTZ(3),

    CONSTRAINT "simulated_scans_pkey" PRIMARY KEY ("tracking_number", "number")
);
CREATE INDEX "simulated_scans_due" ON "simulated_scans" ("due_at", "number") WHERE "driven_at" IS NULL;

-- For people and programs that check the shop from outside. Nothing here says who a customer is or where they live.
CREATE SCHEMA audit;
CREATE VIEW audit.shipments AS
  SELECT s.order_id, s.shipment_id, s.status::text AS status, s.version, s.carrier, s.tracking_number, s.eta,
         s.return_tracking_number, s.refusal, s.cancel_wanted, s.return_reason IS NOT NULL AS return_wanted,
         s.operation::text AS operation, s.attempts,
         -- Nothing will change by itself any more.
         s.operation IS NULL
           AND s.status IN ('REFUSED', 'CANCELLED', 'DELIVERED', 'RETURNED', 'LOST') AS settled,
         (SELECT count(*)::int FROM tracking_events t WHERE t.order_id = s.order_id) AS tracking_events,
         s.created_at, s.updated_at
  FROM shipments s;

-- What goes wrong on purpose, where drills are allowed. No row: nothing.
CREATE TYPE "shipping_drill" AS ENUM ('NONE', 'CARRIER_AWAY', 'LOSE_PARCELS', 'REFUSE_PARCELS');
CREATE TABLE "drills" (
    "id" INTEGER NOT NULL DEFAULT 1 CHECK ("id" = 1),
    "drill" "shipping_drill" NOT NULL,

    CONSTRAINT "drills_pkey" PRIMARY KEY ("id")
);
