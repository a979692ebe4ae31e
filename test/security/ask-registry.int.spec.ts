import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRegistry } from './ask-registry.ts';

/** What a registry says of a package, of which there is one version. */
const published = (url: string) => {
  const name = url.slice(1);
  const version = name === 'minimist' ? '0.0.8' : '1.0.0';
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version } } };
};

type Severity = 'moderate' | 'high' | 'critical';

describe('the audit of a repository', () => {
  let repository: string;
  const servers: Server[] = [];
  beforeEach(async () => {
    repository = await mkdtemp(join(tmpdir(), 'orderline-'));
    const root = {
      name: 'shop',
      version: '1.0.0',
      dependencies: { sold: '1.0.0' },
      devDependencies: { built: '1.0.0' },
    };
    const packages = {
      '': root,
      'node_modules/sold': { version: '1.0.0' },
      'node_modules/built': { version: '1.0.0', dev: true },
    };
    await writeFile(join(repository, 'package.json'), JSON.stringify(root));
    await writeFile(join(repository, 'package-lock.json'), JSON.stringify({ ...root, lockfileVersion: 3, packages }));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await rm(repository, { recursive: true });
  });

  /** npm against a registry that has these advisories, by package; undefined: one without a route for them. */
  const asked = async (advisories: Record<string, Severity> | undefined) => {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const isAudit = request.url === '/-/npm/v1/security/advisories/bulk' && advisories !== undefined;
        if (request.method === 'GET') return response.writeHead(200).end(JSON.stringify(published(request.url ?? '')));
        if (!isAudit) return response.writeHead(404).end('{}');
        const sent = JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as Record<string, string[]>;
        const known = Object.keys(sent).flatMap((name) => {
          const severity = advisories[name];
          if (severity === undefined) return [];
          const advisory = { id: 1, url: 'https://advisories.test/1', title: 'Opens the door', severity };
          return [
            [name, [{ ...advisory, vulnerable_versions: '<2', cwe: [], cvss: { score: 9, vectorString: null } }]],
          ];
        });
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(Object.fromEntries(known)));
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return askRegistry(repository, {
      ...process.env,
      npm_config_registry: registry,
      npm_config_cache: join(repository, 'c'),
    });
  };

  it('fails for a critical or high one in production, and names it', async () => {
    expect(await asked({ sold: 'high' })).toEqual({
      kind: 'answered',
      grave: ['sold *: high, Opens the door (https://advisories.test/1)'],
      lesser: 0,
    });
  });
  it('passes when only developing needs what has one, and the registry is known to have advisories', async () => {
    expect(await asked({ minimist: 'critical', built: 'critical' })).toEqual({
      kind: 'answered',
      grave: [],
      lesser: 0,
    });
  });
  it('is no answer from a registry that has no such route', async () => {
    expect(await asked(undefined)).toEqual({ kind: 'unanswered', why: expect.stringContaining('404') as string });
  });
  it('is no answer from a registry that says of everything that it is fine', async () => {
    expect(await asked({})).toEqual({
      kind: 'unanswered',
      why: expect.stringContaining('has no advisories') as string,
    });
  });
  it('is no answer when nobody answers', async () => {
    const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/' };
    expect(await askRegistry(repository, env)).toEqual({
      kind: 'unanswered',
      why: expect.stringContaining('127.0.0.1:9') as string,
    });
  });
});
