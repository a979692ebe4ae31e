CREATE TABLE order_summary (
  generation integer NOT NULL,
  order_id uuid NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  customer_id text NOT NULL,
  restaurant_id text NOT NULL,
  currency text NOT NULL,
  total_minor bigint NOT NULL,
  paid_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL,
  item_count integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (generation, order_id)
) PARTITION BY LIST (generation);

-- Lists are newest first. No index holds a column that changes, so that updates stay within their page.
CREATE INDEX order_summary_newest ON order_summary (generation, created_at DESC, order_id DESC);
CREATE INDEX order_summary_customer ON order_summary (generation, customer_id, created_at DESC, order_id DESC);
CREATE INDEX order_summary_restaurant ON order_summary (generation, restaurant_id, created_at DESC, order_id DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON order_summary TO order_summary_app;
GRANT SELECT ON order_summary TO orders_auditor;
