-- Where the relay's slot was found lost: what was committed between two WAL positions may not be on the topic. A row stays open
-- until somebody has healed it, since a slot that is there again says nothing of what was left out meanwhile.
CREATE TABLE relay_loss (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL CHECK (kind IN ('missing', 'invalidated', 'advanced')),
  -- The last position that the relay is known to have delivered, and when that was; null where nothing tells.
  after_position pg_lsn,
  after_time timestamptz,
  -- Where the slot goes on; null while there is none.
  until_position pg_lsn,
  healed_at timestamptz
);
CREATE UNIQUE INDEX relay_loss_one_open ON relay_loss ((true)) WHERE healed_at IS NULL;

GRANT SELECT, INSERT, UPDATE (until_position, healed_at) ON relay_loss TO orders_relay;
GRANT SELECT ON relay_loss TO orders_auditor;
