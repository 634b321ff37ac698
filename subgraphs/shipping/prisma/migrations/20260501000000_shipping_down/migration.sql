-- A drill in which all of shipping is down.
ALTER TYPE shipping_drill ADD VALUE 'SHIPPING_DOWN' AFTER 'NONE';
