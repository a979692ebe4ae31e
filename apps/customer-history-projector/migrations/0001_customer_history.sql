CREATE TABLE customer_order (
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

-- Newest first. No index holds a column that changes, so that updates stay within their page.
CREATE INDEX customer_order_newest ON customer_order (generation, customer_id, created_at DESC, order_id DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON customer_order TO customer_history_app;
GRANT SELECT ON customer_order TO orders_auditor;
