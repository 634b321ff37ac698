-- Where an event stands in its owner's log, so that its row can go once the cursor has passed it. Rows from before have
-- no position, and stay.
ALTER TABLE events.inbox ADD COLUMN owner TEXT, ADD COLUMN position BIGINT;
-- Rows come in the order of time, and this index costs next to nothing to keep.
CREATE INDEX inbox_by_age ON events.inbox USING brin (received_at);
