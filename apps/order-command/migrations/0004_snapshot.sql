-- A state kept to shorten loading; read back only under the fingerprint of the shape it was written with.
CREATE TABLE snapshot (
  order_id uuid NOT NULL,
  fingerprint text NOT NULL,
  version int NOT NULL,
  recorded_at timestamptz(3) NOT NULL, -- of the event at this version
  state jsonb NOT NULL,
  PRIMARY KEY (order_id, fingerprint, version)
);

-- The registry's id of each schema, by the SHA-256 of its canonical form: filled at deployment, so that no command asks
-- the registry.
CREATE TABLE schema_id (
  subject text NOT NULL,
  fingerprint text NOT NULL,
  id int NOT NULL,
  PRIMARY KEY (subject, fingerprint)
);
