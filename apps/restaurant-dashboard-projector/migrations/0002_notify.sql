-- Tells every instance whose dashboard has changed: channel dashboard, payload the restaurant's id. Once per statement, and
-- PostgreSQL sends what a transaction says twice only once. A generation that is being filled changes nothing to be seen.
CREATE FUNCTION notify_dashboard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  serving integer := serving_generation(TG_ARGV[0]);
BEGIN
  PERFORM pg_notify('dashboard', restaurant_id)
    FROM (SELECT DISTINCT restaurant_id FROM changed WHERE generation = serving) AS restaurant;
  RETURN NULL;
END $$;

-- A trigger with a transition table takes one kind of change only.
CREATE TRIGGER notify_inserted AFTER INSERT ON open_order REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('open-orders');
CREATE TRIGGER notify_updated AFTER UPDATE ON open_order REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('open-orders');
CREATE TRIGGER notify_deleted AFTER DELETE ON open_order REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('open-orders');

CREATE TRIGGER notify_inserted AFTER INSERT ON restaurant_day REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('restaurant-days');
CREATE TRIGGER notify_updated AFTER UPDATE ON restaurant_day REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('restaurant-days');

CREATE TRIGGER notify_inserted AFTER INSERT ON restaurant_revenue REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('restaurant-revenue');
CREATE TRIGGER notify_updated AFTER UPDATE ON restaurant_revenue REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('restaurant-revenue');

CREATE TRIGGER notify_inserted AFTER INSERT ON preparation REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('preparations');
CREATE TRIGGER notify_updated AFTER UPDATE ON preparation REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('preparations');
CREATE TRIGGER notify_deleted AFTER DELETE ON preparation REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION notify_dashboard('preparations');
