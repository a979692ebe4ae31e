-- Databases of the cluster, after roles.sql: whose each is, and who else may connect. The provisioner runs the statements one
-- by one and passes over a database that is there; Docker's PostgreSQL runs the file when it makes its cluster.
-- Copying the template's files instead of logging every page takes a third of the time.

CREATE DATABASE orders OWNER orders_owner STRATEGY file_copy;
REVOKE ALL ON DATABASE orders FROM PUBLIC;
GRANT CONNECT ON DATABASE orders TO orders_app, orders_auditor, orders_relay;

CREATE DATABASE order_summary OWNER order_summary_owner STRATEGY file_copy;
REVOKE ALL ON DATABASE order_summary FROM PUBLIC;
GRANT CONNECT ON DATABASE order_summary TO order_summary_app, orders_auditor;

CREATE DATABASE restaurant_dashboard OWNER restaurant_dashboard_owner STRATEGY file_copy;
REVOKE ALL ON DATABASE restaurant_dashboard FROM PUBLIC;
GRANT CONNECT ON DATABASE restaurant_dashboard TO restaurant_dashboard_app, orders_auditor;

CREATE DATABASE customer_history OWNER customer_history_owner STRATEGY file_copy;
REVOKE ALL ON DATABASE customer_history FROM PUBLIC;
GRANT CONNECT ON DATABASE customer_history TO customer_history_app, orders_auditor;

CREATE DATABASE analytics OWNER analytics_owner STRATEGY file_copy;
REVOKE ALL ON DATABASE analytics FROM PUBLIC;
GRANT CONNECT ON DATABASE analytics TO analytics_app, orders_auditor;

CREATE DATABASE registry OWNER registry STRATEGY file_copy;
REVOKE ALL ON DATABASE registry FROM PUBLIC;
