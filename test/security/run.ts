/** `npm run security`: known vulnerabilities, licences, and the bill of materials. Exit code 1: found; 2: could not be asked. */
import { askRegistry } from './ask-registry.ts';
import { licenceInstalledIn, lockedForProduction } from './installed.ts';
import { licenceFaults } from './licences.ts';
import { writeBom } from './write-bom.ts';

const repository = process.cwd();

const say = (outcome: string, what: string, lines: readonly string[] = []): void => {
  console.log(`${outcome.padEnd(11)} ${what}`);
  for (const line of lines) console.log(`            ${line}`);
};

const packages = lockedForProduction(repository);
const faults = licenceFaults(packages, licenceInstalledIn(repository));
if (faults.length > 0) process.exitCode = 1;
say(faults.length > 0 ? 'FAILED' : 'ok', `licences of ${packages.length} production packages`, faults);

const bom = await writeBom(repository, 'security-results');
say(
  'ok',
  `bill of materials: ${bom.npm} npm packages, ${bom.java} jars, ${bom.postgres} binaries of PostgreSQL in ${bom.file}`,
);

const answer = await askRegistry(repository);
if (answer.kind === 'unanswered') {
  process.exitCode ??= 2;
  say('NOT JUDGED', 'known vulnerabilities: the registry that npm is set to did not answer', [
    answer.why,
    'So nothing is known of them. Run this where the registry has advisories; --registry=<address> chooses one.',
  ]);
} else {
  if (answer.grave.length > 0) process.exitCode = 1;
  const outcome = answer.grave.length > 0 ? 'FAILED' : 'ok';
  say(outcome, `known vulnerabilities, high or critical; ${answer.lesser} packages have lesser ones`, answer.grave);
}
