-- Roles of the whole cluster; may be run again at any time. Databases are made by the provisioner, rights by migrations.
-- The password is for servers that listen on loopback only.
DO $roles$
DECLARE
  wanted record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('orderline roles', 0));
  FOR wanted IN
    SELECT * FROM (VALUES
      -- name                         attributes            statement  lock    idle in transaction
      ('orders_owner',                'NOREPLICATION',      '15min',   '30s',  '1min'),
      ('orders_app',                  'NOREPLICATION',      '5s',      '2s',   '10s'),
      ('orders_relay',                'REPLICATION',        '1min',    '10s',  '1min'),
      ('orders_auditor',              'NOREPLICATION',      '15min',   '10s',  '15min'),
      ('order_summary_owner',         'NOREPLICATION',      '15min',   '30s',  '1min'),
      ('order_summary_app',           'NOREPLICATION',      '30s',     '5s',   '30s'),
      ('restaurant_dashboard_owner',  'NOREPLICATION',      '15min',   '30s',  '1min'),
      ('restaurant_dashboard_app',    'NOREPLICATION',      '30s',     '5s',   '30s'),
      ('customer_history_owner',      'NOREPLICATION',      '15min',   '30s',  '1min'),
      ('customer_history_app',        'NOREPLICATION',      '30s',     '5s',   '30s'),
      ('analytics_owner',             'NOREPLICATION',      '15min',   '30s',  '1min'),
      ('analytics_app',               'NOREPLICATION',      '30s',     '5s',   '30s'),
      ('registry',                    'NOREPLICATION',      '1min',    '30s',  '1min')
    ) AS role (name, attributes, statement_timeout, lock_timeout, idle_timeout)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      EXECUTE format('CREATE ROLE %I', wanted.name);
    END IF;
    EXECUTE format(
      'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE %s PASSWORD %L',
      wanted.name, wanted.attributes, 'orderline'
    );
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', wanted.name, wanted.statement_timeout);
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', wanted.name, wanted.lock_timeout);
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', wanted.name, wanted.idle_timeout);
  END LOOP;
  ALTER ROLE orders_auditor SET default_transaction_read_only = on;
END
$roles$;
