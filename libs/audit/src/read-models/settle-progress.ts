import { setTimeout as pause } from 'node:timers/promises';
import type { AuditReport, Finding, KindFinding } from '../audit-report.ts';
import { openSnapshot } from '../store/snapshot.ts';
import { placeOf, type TopicIndex } from '../topic/topic-index.ts';
import type { Compared } from './compare-rows.ts';
import type { Lag } from './progress.ts';

export type Settled = {
  readonly findings: readonly KindFinding[];
  readonly parked: readonly Finding[];
  readonly behind: AuditReport['behind'];
};

type Settling = { readonly compared: readonly Compared[]; readonly topic: TopicIndex; readonly deadline: number };
type Gate = { readonly version: number; readonly parked: boolean };
type Now = { readonly gates: ReadonlyMap<string, Gate>; readonly positions: ReadonlyMap<number, bigint> };

const lookEveryMs = 250;

/**
 * Waits for projections to bring every order to the head that the store had. Of those that did not in time: parked is told as
 * such; passed over, where the checkpoint is beyond the record, is lost; and what was not read yet is only behind.
 */
export const settleProgress = async ({ compared, topic, deadline }: Settling): Promise<Settled> => {
  const all = await Promise.all(compared.map((one) => settleOne(one, topic, deadline)));
  return {
    findings: all.flatMap(({ findings }) => findings),
    parked: all.flatMap(({ parked }) => parked),
    behind: all.flatMap(({ behind }) => behind),
  };
};

const settleOne = async ({ model, served, lags }: Compared, topic: TopicIndex, deadline: number): Promise<Settled> => {
  let open = [...lags.values()].filter(({ orderId }) => topic.orders.has(orderId));
  let now: Now = { gates: new Map(), positions: new Map() };
  while (open.length > 0) {
    now = await lookAgain(model.databaseUrl, served.generation, open);
    open = open.filter(({ orderId, head }) => isOpen(now.gates.get(orderId), head));
    if (open.every(({ orderId }) => now.gates.get(orderId)?.parked === true) || performance.now() >= deadline) break;
    await pause(lookEveryMs);
  }
  return judgeAll(open, { where: served.where, now, topic });
};

const isOpen = (gate: Gate | undefined, head: number): boolean =>
  gate === undefined || gate.parked || gate.version < head;

const lookAgain = async (databaseUrl: string, generation: number, lags: readonly Lag[]): Promise<Now> => {
  const model = await openSnapshot(databaseUrl);
  try {
    const gates = await model.query<[string, number, boolean]>({
      text: 'SELECT order_id, version, parked FROM projection_order WHERE generation = $1 AND order_id = ANY ($2::uuid[])',
      values: [generation, lags.map(({ orderId }) => orderId)],
      rowMode: 'array',
    });
    const positions = await model.query<[number, string]>({
      text: 'SELECT partition, next_offset FROM projection_checkpoint WHERE generation = $1',
      values: [generation],
      rowMode: 'array',
    });
    return {
      gates: new Map(gates.rows.map(([orderId, version, parked]) => [orderId, { version, parked }])),
      positions: new Map(positions.rows.map(([partition, next]) => [partition, BigInt(next)])),
    };
  } finally {
    await model.close();
  }
};

const judgeAll = (
  open: readonly Lag[],
  { where, now, topic }: { where: string; now: Now; topic: TopicIndex },
): Settled => {
  const findings: KindFinding[] = [];
  const parked: Finding[] = [];
  let behind = 0;
  for (const { orderId } of open) {
    const gate = now.gates.get(orderId) ?? { version: 0, parked: false };
    const next = gate.version + 1;
    if (gate.parked) {
      parked.push({ orderId, version: gate.version, where, what: 'parked after this version' });
      continue;
    }
    const record = topic.orders.get(orderId)?.versions[next];
    if (record === undefined) continue;
    if (BigInt(record.offset) >= (now.positions.get(record.partition) ?? 0n)) behind += 1;
    else findings.push({ kind: 'lost', orderId, version: next, where, what: `passed over at ${placeOf(record)}` });
  }
  return { findings, parked, behind: behind > 0 ? [{ where, orders: behind }] : [] };
};
