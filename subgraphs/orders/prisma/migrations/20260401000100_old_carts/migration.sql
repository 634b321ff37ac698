-- For whoever looks for guests' carts that nobody came back to. By the time of creation, which never changes: an index on
-- `updated_at` would be written at every change of a cart.
CREATE INDEX "carts_of_guests" ON "carts" ("created_at") WHERE "token_hash" IS NOT NULL;
