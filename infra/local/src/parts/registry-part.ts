import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { javaCommand } from '../java/java-command.ts';
import { localPassword } from '../postgres/start-postgres.ts';
import type { Ports } from '../ports/port-plan.ts';
import { httpReady } from './http-ready.ts';
import type { JavaPart } from './kafka-part.ts';
import type { Part } from './part.ts';
import { infraProperties, renderProperties } from './properties.ts';

/** Apicurio Registry, which keeps its schemas in the PostgreSQL database `registry`. */
export const registryPart = (on: JavaPart, ports: Ports): Part => {
  const settingsFile = join(on.folder, 'application.properties');
  return {
    name: 'registry',
    prepare: () => {
      mkdirSync(on.folder, { recursive: true });
      writeFileSync(settingsFile, renderProperties(registryProperties(ports, on.folder)));
      return javaCommand(on.java, on.artefacts, {
        name: 'registry',
        options: ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
        run: ['-jar', join(on.artefacts.registry, 'quarkus-run.jar')],
        env: { QUARKUS_CONFIG_LOCATIONS: settingsFile },
        cwd: on.folder,
      });
    },
    isReady: () => httpReady(`http://127.0.0.1:${ports.registry}/apis/ccompat/v7/subjects`),
    readyWithinMs: 120_000,
    stop: { signal: 'SIGTERM', withinMs: 20_000 },
  };
};

export const registryProperties = (ports: Ports, folder: string): Record<string, string> => ({
  ...infraProperties('registry/registry.properties'),
  'apicurio.datasource.url': `jdbc:postgresql://127.0.0.1:${ports.postgres}/registry`,
  'apicurio.datasource.password': localPassword,
  'quarkus.http.host': '127.0.0.1',
  'quarkus.http.port': String(ports.registry),
  'quarkus.management.host': '127.0.0.1',
  'quarkus.management.port': String(ports['registry-management']),
  'apicurio.storage.snapshot.location': folder,
  'apicurio.import.work-dir': folder,
});
