import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(`${repository}${file}`, 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, unknown>;

const stack = json('infra/versions.json');
const pom = read('examples/java/pom.xml');
const property = (name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`, 'u').exec(pom)?.[1] ?? '';
const major = (version: unknown): string => String(version).split('.')[0] ?? '';
const dependencies = (file: string) => json(file)['dependencies'] as Record<string, string>;

describe('the consumers under examples', () => {
  it('are built against the Kafka of the stack, where they are in Java', () => {
    expect(property('kafka.version')).toBe(stack['kafka']);
    expect(pom).toMatch(/kafka-clients<\/artifactId>\s*<version>\$\{kafka\.version\}</u);
  });

  it('read with a deserialiser of the major version of the registry, and say which registry it was chosen for', () => {
    expect(major(property('apicurio.version'))).toBe(major(stack['apicurio']));
    const comment = pom.slice(0, pom.indexOf('<project')).replace(/\s+/gu, ' ');
    expect(comment).toContain(
      `${property('apicurio.version')} was the newest on Maven Central when the registry was at ${String(stack['apicurio'])}`,
    );
  });

  it('need no newer Java than the stack', () => {
    expect(Number(property('maven.compiler.release'))).toBeLessThanOrEqual(Number(stack['java']));
  });

  it.each(['typescript', 'contracts-package'])('have the clients that %s is tried with here', (example) => {
    const ours = {
      ...dependencies('libs/kafka/package.json'),
      ...(json('test/package.json')['devDependencies'] as object),
    };
    const { '@orderline/contracts': contracts, ...clients } = dependencies(`examples/${example}/package.json`);
    expect(ours).toMatchObject(clients);
    expect(contracts ?? json('libs/contracts/package.json')['version']).toBe(
      json('libs/contracts/package.json')['version'],
    );
  });
});
