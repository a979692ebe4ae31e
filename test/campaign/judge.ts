import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AuditOptions, AuditReport } from '@orderline/audit';
import { brokenPromises, type LoadReport } from '@orderline/load';
import { databaseUrl, type Stack } from '@orderline/local-stack';
import { databaseOf } from './arena.ts';
import { projectors } from './wires.ts';

const run = promisify(execFile);
const auditProcess = fileURLToPath(new URL('audit-process.ts', import.meta.url));

export type Verdict = {
  readonly ok: boolean;
  readonly orders: number;
  readonly events: number;
  /** Records that the relay sent more than once: harmless, and the sign that faults did bite. */
  readonly repeated: number;
  readonly seconds: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly divergent: number;
  readonly tampered: number;
  readonly parked: number;
  /** Answers to clients that the event table does not bear out. */
  readonly brokenPromises: number;
  /** Everything that is wrong, the first hundred in words. */
  readonly findings: readonly string[];
  /** Why nothing could be compared; then no number counts. */
  readonly unmade?: string;
};

/** Event table, topic and read models against each other by the audit, and the event table against what clients were told. */
export const judge = async (stack: Stack, load: LoadReport): Promise<Verdict> => {
  try {
    return await audited(stack, load);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 2_000) : String(error);
    return { ...nothingSeen, findings: [`the audit could not be made: ${why}`], unmade: why };
  }
};

const nothingSeen = {
  ok: false,
  orders: 0,
  events: 0,
  repeated: 0,
  seconds: 0,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  divergent: 0,
  tampered: 0,
  parked: 0,
  brokenPromises: 0,
};

const audited = async (stack: Stack, load: LoadReport): Promise<Verdict> => {
  const { addresses } = stack;
  const ordersUrl = databaseUrl(addresses, 'orders', 'orders_auditor');
  const options: AuditOptions = {
    ordersUrl,
    kafkaBrokers: addresses.kafkaBrokers,
    registryUrl: addresses.registryUrl,
    readModels: projectors.map((app) => ({
      app,
      databaseUrl: databaseUrl(addresses, databaseOf(app), 'orders_auditor'),
    })),
    settleMs: 30_000,
  };
  const { stdout } = await run(process.execPath, ['--import', 'tsx', auditProcess, JSON.stringify(options)], {
    maxBuffer: 2 ** 28,
  });
  const broken = await brokenPromises(ordersUrl, load);
  return verdictOf(
    JSON.parse(stdout) as AuditReport,
    broken.map(({ orderId, what }) => `${orderId}: ${what}`),
  );
};

const verdictOf = (audit: AuditReport, broken: readonly string[]): Verdict => {
  const { lost, doubled, outOfOrder, divergent, tampered, parked, behind } = audit;
  const named = { lost, doubled, outOfOrder, divergent, tampered, parked };
  const findings = Object.entries(named).flatMap(([kind, list]) =>
    list.map(({ orderId, version, where, what }) => `${kind}: ${orderId} version ${version} in ${where}: ${what}`),
  );
  const late = behind.map(({ where, orders }) => `behind: ${where} has not come to the end of ${orders} orders`);
  return {
    ok: audit.ok && parked.length === 0 && broken.length === 0,
    orders: audit.orders,
    events: audit.events,
    repeated: audit.repeated,
    seconds: audit.seconds,
    lost: lost.length,
    doubled: doubled.length,
    outOfOrder: outOfOrder.length,
    divergent: divergent.length,
    tampered: tampered.length,
    parked: parked.length,
    brokenPromises: broken.length,
    findings: [...findings, ...late, ...broken.map((one) => `promise: ${one}`)].slice(0, 100),
  };
};

/** The one line that counts, and what it counts. */
export const verdictLines = (verdict: Verdict): string[] => {
  const { lost, doubled, outOfOrder, divergent, tampered, parked, events, seconds, findings } = verdict;
  if (verdict.unmade !== undefined) return ['NOT JUDGED', ...findings.map((finding) => `  ${finding}`)];
  return [
    `lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}, divergent ${divergent}` +
      ` (tampered ${tampered}, parked ${parked}, promises broken ${verdict.brokenPromises}; ` +
      `${events} events, ${verdict.repeated} records repeated, judged in ${seconds.toFixed(1)} s)`,
    ...findings.map((finding) => `  ${finding}`),
  ];
};
