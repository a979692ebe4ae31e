-- Orders that are neither delivered nor cancelled.
CREATE TABLE open_order (
  generation integer NOT NULL,
  order_id uuid NOT NULL,
  restaurant_id text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  since timestamptz(3) NOT NULL,
  estimated_ready_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (generation, order_id)
) PARTITION BY LIST (generation);
-- No index holds a column that changes, so that updates stay within their page.
CREATE INDEX open_order_restaurant ON open_order (generation, restaurant_id, created_at, order_id);

CREATE TABLE restaurant_day (
  generation integer NOT NULL,
  restaurant_id text NOT NULL,
  day date NOT NULL,
  created bigint NOT NULL,
  delivered bigint NOT NULL,
  cancelled bigint NOT NULL,
  PRIMARY KEY (generation, restaurant_id, day)
) PARTITION BY LIST (generation);

CREATE TABLE restaurant_revenue (
  generation integer NOT NULL,
  restaurant_id text NOT NULL,
  day date NOT NULL,
  currency text NOT NULL,
  -- Received less refunded.
  net_minor bigint NOT NULL,
  PRIMARY KEY (generation, restaurant_id, day, currency)
) PARTITION BY LIST (generation);

CREATE TABLE preparation (
  generation integer NOT NULL,
  order_id uuid NOT NULL,
  restaurant_id text NOT NULL,
  preparing_at timestamptz(3) NOT NULL,
  ready_day date,
  seconds integer,
  PRIMARY KEY (generation, order_id)
) PARTITION BY LIST (generation);
CREATE INDEX preparation_done ON preparation (generation, restaurant_id, ready_day) INCLUDE (seconds)
  WHERE ready_day IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON open_order, restaurant_day, restaurant_revenue, preparation
  TO restaurant_dashboard_app;
GRANT SELECT ON open_order, restaurant_day, restaurant_revenue, preparation TO orders_auditor;
