/** The audit in a process of its own, so that neither load nor proxies wait for it: settings as JSON in, the report out. */
import { runAudit, type AuditOptions } from '@orderline/audit';

const report = await runAudit(JSON.parse(process.argv[2] ?? '{}') as AuditOptions);
process.stdout.write(JSON.stringify(report), () => process.exit(0));
