-- What sending costs is part of what an order costs. Orders from before were sent free of charge.
ALTER TABLE "orders" ADD COLUMN "shipping_minor" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "orders" ADD CONSTRAINT "orders_shipping_is_part_of_the_total"
  CHECK ("shipping_minor" BETWEEN 0 AND "total_minor");

-- Sending costs by weight. Lines from before are quoted anew.
ALTER TABLE "cart_lines" ADD COLUMN "weight_grams" INTEGER;
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_weigh_something" CHECK ("weight_grams" >= 0);
