CREATE TABLE revenue (
  generation integer NOT NULL,
  day date NOT NULL,
  currency text NOT NULL,
  received_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL,
  PRIMARY KEY (generation, day, currency)
) PARTITION BY LIST (generation);

-- By the day that the orders were created, whenever they got to a status.
CREATE TABLE funnel (
  generation integer NOT NULL,
  day date NOT NULL,
  created bigint NOT NULL,
  confirmed bigint NOT NULL,
  preparing bigint NOT NULL,
  ready bigint NOT NULL,
  out_for_delivery bigint NOT NULL,
  delivered bigint NOT NULL,
  cancelled bigint NOT NULL,
  PRIMARY KEY (generation, day)
) PARTITION BY LIST (generation);

GRANT SELECT, INSERT, UPDATE, DELETE ON revenue, funnel TO analytics_app;
GRANT SELECT ON revenue, funnel TO orders_auditor;
