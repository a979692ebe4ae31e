import type { SourceEdit } from './plant.ts';

/** A mistake that somebody might make in the kit, and what the check that catches it says. */
export type PlantedBug = SourceEdit & {
  readonly name: string;
  readonly caught: RegExp;
  /** Where one place is not enough. */
  readonly also?: SourceEdit;
};

/** A kill point; or under a process that goes on: its connection, or all commits of the last moment, lost. */
export type Moment = 'after commit' | 'connection lost at commit' | 'set back';

const kit = (path: string): string => `libs/projection/src/${path}.ts`;

const otherRows = /of analytics against the event table/u;
const otherQueue = /what is parked, why, and how much waits behind it/u;
const stillParked = /parked after all was released/u;

/** Caught on a topic full of trouble, by a single instance that reads it from the start. */
export const bugsOnTroubledTopic: readonly PlantedBug[] = [
  {
    name: 'no deduplication: an event that comes again is applied again',
    file: kit('batch/apply-arrivals'),
    find: 'settling.duplicates += 1;\n      return;',
    replace: 'applyNext(settling, gate, arrival, place);\n      return;',
    caught: otherRows,
  },
  {
    name: 'no memory: the deduplication table is not written',
    file: kit('batch/apply-arrivals'),
    find: 'await saveGates(client, target.generation, changed);',
    replace: '{}',
    caught: otherRows,
  },
  {
    name: 'latest reset: a new group starts at the end of the topic',
    file: kit('feed/feed'),
    find: 'await verifyCheckpoints(checkpoints, facts, reader);',
    replace: `for (const checkpoint of checkpoints) {
      if (checkpoint.lastOffset !== null) continue;
      const next = facts.ranges.get(checkpoint.partition)?.latest ?? 0n;
      const text = 'UPDATE projection_checkpoint SET next_offset = $1 WHERE generation = $2 AND partition = $3';
      await parts.pool.query(text, [next, checkpoint.generation, checkpoint.partition]);
      Object.assign(checkpoint, { nextOffset: next });
    }`,
    caught: otherRows,
  },
  {
    name: 'no version gate: a gap is accepted',
    file: kit('batch/judge'),
    find: `return arrival.version === gate.version + 1 ? 'next' : 'gap';`,
    replace: `return 'next';`,
    caught: otherRows,
  },
  {
    name: 'no version gate: another event of a version that was there is applied',
    file: kit('batch/judge'),
    find: `? 'duplicate' : 'divergence'`,
    replace: `? 'duplicate' : 'next'`,
    caught: otherRows,
  },
  {
    name: 'no version gate: another event of a version that was there is dropped as a duplicate',
    file: kit('batch/judge'),
    find: `? 'duplicate' : 'divergence'`,
    replace: `? 'duplicate' : 'duplicate'`,
    caught: otherQueue,
  },
  {
    name: 'parked order skipped: its later events are applied instead of queued',
    file: kit('batch/judge'),
    find: `if (gate.parked) return 'queue';`,
    replace: '',
    caught: otherQueue,
  },
  {
    name: 'parked order skipped: its later events are dropped',
    file: kit('batch/apply-arrivals'),
    find: `case 'queue':\n      park(settling, gate, arrival, null);`,
    replace: `case 'queue':`,
    caught: otherRows,
  },
  {
    name: 'poison is dropped instead of parked',
    file: kit('batch/apply-arrivals'),
    find: `settling.parkings.push({ arrival, reason: gate.parked ? null : reason });`,
    replace: `if (arrival.content.kind === 'unreadable') return;
  settling.parkings.push({ arrival, reason: gate.parked ? null : reason });`,
    caught: otherQueue,
  },
  {
    name: 'what waited is applied newest first',
    file: kit('store/parked-orders'),
    find: 'ORDER BY coalesce(version, 0), topic_offset',
    replace: 'ORDER BY topic_offset DESC',
    caught: otherRows,
  },
  {
    name: 'what waited for a missing version is given up when that comes',
    file: kit('parked/close-gaps'),
    find: 'await applyQueue(client, decoder, { target, records })',
    replace: 'await applyQueue(client, decoder, { target, records: [] })',
    caught: otherRows,
  },
  {
    name: 'what was released stays in the queue, to be released again',
    file: kit('parked/release'),
    find: 'await clearQueues(client, queue.generation, [place]);',
    replace: '',
    caught: stillParked,
  },
];

const lostEvents = /Version \d+ is missing|of analytics against the event table/u;

/** Caught when a process or its database is hit at the moment named. */
export const bugsAtMoments: readonly (PlantedBug & { readonly moment: Moment })[] = [
  {
    name: 'the checkpoint is committed before the effect',
    moment: 'after commit',
    file: kit('batch/commit-batch'),
    find: 'const moves: CheckpointMove[] = [];',
    replace: `const moves: CheckpointMove[] = [];
    for (const generation of generations) {
      for (const [partition, { next }] of batch.stretches) {
        const text = 'UPDATE projection_checkpoint SET next_offset = $3, applied = applied + 1 WHERE generation = $1 AND partition = $2';
        await client.query(text, [generation, partition, next]);
      }
    }
    await client.query('COMMIT; BEGIN');`,
    also: {
      file: kit('batch/commit-batch'),
      find: 'if (moves.length > 0) await moveCheckpoints(client, moves);',
      replace: '',
    },
    caught: lostEvents,
  },
  {
    name: 'the deduplication table is committed before the rows',
    moment: 'connection lost at commit',
    file: kit('batch/apply-arrivals'),
    find: `await effects.save();
  const changed = [...gates.values()].filter((gate) => gate.changed);
  if (changed.length > 0) await saveGates(client, target.generation, changed);`,
    replace: `const changed = [...gates.values()].filter((gate) => gate.changed);
  if (changed.length > 0) await saveGates(client, target.generation, changed);
  await client.query('COMMIT; BEGIN');
  await effects.save();`,
    caught: lostEvents,
  },
  {
    name: 'deltas are added twice on a retry: the rows are committed before the deduplication table',
    moment: 'connection lost at commit',
    file: kit('batch/apply-arrivals'),
    find: 'if (changed.length > 0) await saveGates(client, target.generation, changed);',
    // For all targets of the batch at once: status-intervals is the last of them.
    replace: `const later = (globalThis.later ??= []);
  later.push(() => saveGates(client, target.generation, changed));
  if (target.projection.name === 'status-intervals') {
    await client.query('COMMIT; BEGIN');
    for (const save of later.splice(0)) await save();
  }`,
    caught: otherRows,
  },
  {
    name: 'no fence: a batch from beyond the checkpoint is taken',
    moment: 'set back',
    file: kit('batch/commit-batch'),
    find: 'stretch === undefined || stretch.from > nextOffset',
    replace: 'stretch === undefined',
    caught: lostEvents,
  },
];
