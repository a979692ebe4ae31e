import { createKafka } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import type pg from 'pg';

/** A projector process that can be killed. */
export type Victim = {
  /** Of the consumer that feeds what serves. */
  readonly groupId: string;
  readonly brokers: readonly string[];
  end(signal: 'SIGKILL'): Promise<unknown>;
};

export type CrashPoint =
  'before write' | 'after write' | 'before commit' | 'after commit' | 'before offset' | 'after offset';

const AFTER_WRITE = 41;
const AT_COMMIT = 42;

/**
 * Makes every batch pass two gates, open until somebody holds their lock: one when its rows are written and its checkpoint
 * is not yet moved, one at the COMMIT. `admin` is a superuser's connection to the read model's database.
 */
export const installGates = async (admin: pg.Client): Promise<void> => {
  await admin.query(`
    CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint); RETURN NULL; END $$;
    CREATE TRIGGER gate_after_write BEFORE UPDATE ON projection_checkpoint
      FOR EACH STATEMENT EXECUTE FUNCTION gate(${AFTER_WRITE});
    CREATE CONSTRAINT TRIGGER gate_at_commit AFTER UPDATE ON projection_checkpoint DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION gate(${AT_COMMIT})`);
};

/** The app's connection that waits for a lock of ours: its batch has come to the point. */
const waitingBackend = (admin: pg.Client): Promise<number> =>
  eventually(
    async () => {
      // Within a transaction, who is connected is otherwise told as of the first question.
      await admin.query('SELECT pg_stat_clear_snapshot()');
      const { rows } = await admin.query<{ pid: number }>(
        `SELECT a.pid FROM pg_stat_activity a WHERE datname = current_database() AND usename LIKE '%\\_app'
         AND pg_backend_pid() = ANY (pg_blocking_pids(a.pid))`,
      );
      if (rows[0] === undefined) throw new Error('no batch has come to the point where it is to be killed');
      return rows[0].pid;
    },
    { withinMs: 60_000, everyMs: 10 },
  );

const gone = (admin: pg.Client, backend: number): Promise<void> =>
  eventually(async () => {
    const { rows } = await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [backend]);
    if (rows.length > 0) throw new Error(`the server still has the connection ${backend}`);
  });

/** Ends the server's side too, so that what the batch has written so far is rolled back. */
const killedAtGate = async (admin: pg.Client, gate: number, victim: Victim): Promise<void> => {
  await admin.query('SELECT pg_advisory_lock($1)', [gate]);
  const backend = await waitingBackend(admin);
  await victim.end('SIGKILL');
  await admin.query('SELECT pg_terminate_backend($1)', [backend]);
  await gone(admin, backend);
  await admin.query('SELECT pg_advisory_unlock($1)', [gate]);
};

const appliedSoFar = async (admin: pg.Client): Promise<number> => {
  const { rows } = await admin.query<{ applied: string }>(
    'SELECT coalesce(sum(applied), 0) AS applied FROM projection_checkpoint',
  );
  return Number(rows[0]?.applied);
};

/** Resolves as soon as this many more events are committed than at the call. */
export const untilApplied = async (admin: pg.Client, more: number): Promise<void> => {
  const goal = (await appliedSoFar(admin)) + more;
  await eventually(
    async () => {
      const applied = await appliedSoFar(admin);
      if (applied < goal) throw new Error(`${applied} of ${goal} events are applied`);
    },
    { withinMs: 60_000, everyMs: 5 },
  );
};

/** Resolves as soon as the group has heard of an offset beyond what it knew at the call. */
const untilOffsetCommitted = async ({ brokers, groupId }: Victim): Promise<void> => {
  const admin = createKafka({ brokers: [...brokers], clientId: 'onlooker' }).admin();
  await admin.connect();
  const committed = async (): Promise<number> => {
    const topics = await admin.fetchOffsets({ groupId });
    return topics
      .flatMap(({ partitions }) => partitions)
      .reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  };
  try {
    const before = await committed();
    await eventually(
      async () => {
        if ((await committed()) <= before) throw new Error(`${groupId} has heard of no offset beyond ${before}`);
      },
      { withinMs: 60_000, everyMs: 5 },
    );
  } finally {
    await admin.disconnect();
  }
};

/**
 * The moments of a batch at which a projector can die, each resolving when it is dead and the server has done with its
 * connection. Events must be flowing, and installGates must have been called.
 */
export const crashPoints: Record<CrashPoint, (admin: pg.Client, victim: Victim) => Promise<void>> = {
  'before write': async (admin, victim) => {
    await admin.query('BEGIN');
    await admin.query('LOCK TABLE projection_checkpoint IN EXCLUSIVE MODE');
    const backend = await waitingBackend(admin);
    await victim.end('SIGKILL');
    await admin.query('SELECT pg_terminate_backend($1)', [backend]);
    await admin.query('COMMIT');
    await gone(admin, backend);
  },
  'after write': (admin, victim) => killedAtGate(admin, AFTER_WRITE, victim),
  'before commit': (admin, victim) => killedAtGate(admin, AT_COMMIT, victim),
  /** The server commits; nobody is there to hear of it. */
  'after commit': async (admin, victim) => {
    await admin.query('SELECT pg_advisory_lock($1)', [AT_COMMIT]);
    const backend = await waitingBackend(admin);
    await victim.end('SIGKILL');
    await admin.query('SELECT pg_advisory_unlock($1)', [AT_COMMIT]);
    await gone(admin, backend);
  },
  /** The process has heard of its commit; the group is told up to a second later. */
  'before offset': async (admin, victim) => {
    await untilApplied(admin, 1);
    await victim.end('SIGKILL');
  },
  'after offset': async (_, victim) => {
    await untilOffsetCommitted(victim);
    await victim.end('SIGKILL');
  },
};

/** The server drops the connection of a batch at its COMMIT, all its rows written; the process lives and tries again. */
export const connectionLostAtCommit = async (admin: pg.Client): Promise<void> => {
  await admin.query('SELECT pg_advisory_lock($1)', [AT_COMMIT]);
  const backend = await waitingBackend(admin);
  await admin.query('SELECT pg_terminate_backend($1)', [backend]);
  await gone(admin, backend);
  await admin.query('SELECT pg_advisory_unlock($1)', [AT_COMMIT]);
};
