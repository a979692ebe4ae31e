import { runAudit, type AuditReport } from '@orderline/audit';
import type { Command } from 'commander';
import { auditAgain } from '../audit/audit-again.ts';
import { auditJson } from '../audit/audit-json.ts';
import { localAudit } from '../audit/local-audit.ts';
import { printAudit } from '../audit/print-audit.ts';
import { toldToStop } from '../until-told-to-stop.ts';

type AuditFlags = {
  readonly json?: boolean;
  readonly settle: string;
  readonly continuous?: boolean;
  readonly every: string;
  readonly metricsPort: string;
};

export const audit = (program: Command): void => {
  program
    .command('audit')
    .description(
      'event store, topic and read models against one another, by none of their own code; 1 unless all agree',
    )
    .option('--json', 'the result as JSON in the last line')
    .option('--settle <seconds>', 'how long relay and projectors may take for what was written meanwhile', '10')
    .option('--continuous', 'again and again, with the result in metrics')
    .option('--every <seconds>', 'from the end of one to the next, with --continuous', '60')
    .option('--metrics-port <port>', 'on 127.0.0.1, with --continuous; 0 takes a free one', '3020')
    .action(run);
};

const run = async (flags: AuditFlags): Promise<void> => {
  const settleMs = number('--settle', flags.settle) * 1_000;
  const onProgress = (line: string): void => {
    if (process.stderr.isTTY) console.error(line);
  };
  const once = (): Promise<AuditReport> => runAudit({ ...localAudit(), settleMs, onProgress });
  const show = (report: AuditReport): void => {
    console.log(printAudit(report));
    if (flags.json === true) console.log(auditJson(report));
    process.exitCode = report.ok ? 0 : 1;
  };
  if (flags.continuous !== true) {
    show(await once());
    return;
  }
  const everySeconds = number('--every', flags.every);
  const metricsPort = number('--metrics-port', flags.metricsPort);
  const say = (line: string): void => console.log(line);
  await auditAgain({ audit: once, everySeconds, metricsPort, say, show, signal: toldToStop() });
};

const number = (flag: string, text: string): number => {
  if (/^\d+(\.\d+)?$/u.test(text)) return Number(text);
  throw new Error(`${flag} is a number, not ${text}`);
};
