import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAuditAnswer, type AuditAnswer } from './audit-answer.ts';
import { npm } from './npm.ts';

/** A vulnerability that every registry with advisories has known for years: CVE-2021-44906, critical. */
const known = { name: 'minimist', version: '0.0.8' };

const audit = ['audit', '--json', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=30000'];

/**
 * Asks the registry that npm is set to about the production packages of a repository's package-lock.json. A registry that has
 * nothing to say of them is asked about a known vulnerability too: silence about that is no answer.
 */
export const askRegistry = async (repository: string, env: NodeJS.ProcessEnv = process.env): Promise<AuditAnswer> => {
  const answer = readAuditAnswer(await npm([...audit, '--omit=dev'], repository, env));
  if (answer.kind === 'unanswered' || answer.grave.length + answer.lesser > 0) return answer;
  const control = await askAboutKnown(env);
  if (control.kind === 'unanswered' || control.grave.length > 0)
    return control.kind === 'unanswered' ? control : answer;
  const why = `the registry answers, but knows nothing of CVE-2021-44906 in ${known.name} ${known.version}: it has no advisories`;
  return { kind: 'unanswered', why };
};

const askAboutKnown = async (env: NodeJS.ProcessEnv): Promise<AuditAnswer> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-audit-'));
  const root = { name: 'control', version: '1.0.0', dependencies: { [known.name]: known.version } };
  const packages = { '': root, [`node_modules/${known.name}`]: { version: known.version } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...root, lockfileVersion: 3, packages }));
  try {
    return readAuditAnswer(await npm(audit, folder, env));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
