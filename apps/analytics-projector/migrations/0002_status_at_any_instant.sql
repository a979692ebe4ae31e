-- Orders that came into a status less those that left it, in whole days and again in whole minutes (both UTC): how many
-- had a status at an instant is a sum of the days before, the minutes of its day, and intervals for the rest.
CREATE TABLE status_flow (
  generation integer NOT NULL,
  grain text NOT NULL CHECK (grain IN ('day', 'minute')),
  starts_at timestamptz(3) NOT NULL,
  status text NOT NULL,
  net bigint NOT NULL,
  PRIMARY KEY (generation, grain, starts_at, status)
) PARTITION BY LIST (generation);

-- When an order had a status: from since on, and no more at until. An order has a status at most once.
CREATE TABLE status_interval (
  generation integer NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL,
  since timestamptz(3) NOT NULL,
  until timestamptz(3),
  PRIMARY KEY (generation, order_id, status)
) PARTITION BY LIST (generation);

-- Delivered and Cancelled never end, so nearly all rows that hold at an instant are open ones, newest first in a B-tree;
-- the range index has only what has ended, and takes each interval once.
CREATE INDEX status_interval_open ON status_interval (generation, status, since DESC, order_id DESC) WHERE until IS NULL;
CREATE INDEX status_interval_ended ON status_interval USING spgist (tstzrange(since, until)) WHERE until IS NOT NULL;
CREATE INDEX status_interval_since ON status_interval (generation, since);
CREATE INDEX status_interval_until ON status_interval (generation, until) WHERE until IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON status_flow, status_interval TO analytics_app;
GRANT SELECT ON status_flow, status_interval TO orders_auditor;
