export type AuditAnswer =
  | { readonly kind: 'answered'; readonly grave: readonly string[]; readonly lesser: number }
  | { readonly kind: 'unanswered'; readonly why: string };

type Vulnerability = { readonly severity: string; readonly range: string; readonly via: readonly unknown[] };

/**
 * What `npm audit --json` says: a line for each package with a high or critical vulnerability, and how many have lesser ones.
 * Anything but a whole report, as from a registry without advisories or a network that is away, is no answer.
 */
export const readAuditAnswer = (printed: string): AuditAnswer => {
  const report = parsed(printed);
  if (report?.['auditReportVersion'] !== 2 || !isRecord(report['vulnerabilities']))
    return { kind: 'unanswered', why: reasonOf(report) };
  const found = Object.entries(report['vulnerabilities']);
  if (!found.every((entry): entry is [string, Vulnerability] => isVulnerability(entry[1])))
    return { kind: 'unanswered', why: 'npm answered in a shape that is not known here' };
  const grave = found.filter(([, { severity }]) => severity === 'high' || severity === 'critical');
  return { kind: 'answered', grave: grave.map(described), lesser: found.length - grave.length };
};

const described = ([name, { severity, range, via }]: [string, Vulnerability]): string => {
  const causes = via.map((cause) =>
    isRecord(cause) ? `${String(cause['title'])} (${String(cause['url'])})` : `through ${String(cause)}`,
  );
  return `${name} ${range}: ${severity}, ${causes.join('; ')}`;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isVulnerability = (value: unknown): value is Vulnerability =>
  isRecord(value) &&
  typeof value['severity'] === 'string' &&
  typeof value['range'] === 'string' &&
  Array.isArray(value['via']);

const parsed = (printed: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(printed);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const reasonOf = (report: Record<string, unknown> | undefined): string => {
  const error = report?.['error'];
  const said = [report?.['message'], isRecord(error) ? error['summary'] : undefined];
  return said.find((text): text is string => typeof text === 'string' && text !== '') ?? 'npm gave no report';
};
