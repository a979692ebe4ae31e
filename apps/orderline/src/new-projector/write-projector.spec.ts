import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectorNames } from './projector-names.ts';
import { stackEdits } from './stack-edits.ts';
import { writeProjector } from './write-projector.ts';

// Names that nobody gives to a projector: the spec holds in a clone that has got new ones.
const repository = fileURLToPath(new URL('../../../../', import.meta.url));

describe('a new projector', () => {
  let clone: string;
  const read = (file: string): string => readFileSync(join(clone, file), 'utf8');

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'new-projector-'));
    for (const { file } of stackEdits) {
      mkdirSync(dirname(join(clone, file)), { recursive: true });
      cpSync(join(repository, file), join(clone, file));
    }
  });
  afterEach(() => {
    rmSync(clone, { recursive: true });
  });

  it('is an app with no placeholder left, whose projection has at most 30 lines', () => {
    const { added } = writeProjector('spec-of-new', clone);
    expect(added).toContain('apps/spec-of-new-projector/src/spec-of-new.projection.ts');
    expect(added).toContain('apps/spec-of-new-projector/migrations/0001_spec_of_new.sql');
    for (const file of added) expect([file, read(file)]).not.toEqual([file, expect.stringMatching(/\{\{|undefined/u)]);
    const projection = read('apps/spec-of-new-projector/src/spec-of-new.projection.ts');
    expect(projection.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  it('is part of the stack, in the shape that order-summary has there', () => {
    const { port } = writeProjector('spec-of-new', clone);
    expect(port).toBeGreaterThan(3004);
    expect(read('infra/local/src/ports/port-plan.ts')).toContain(`  'spec-of-new': ${port},\n`);
    expect(read('infra/postgres/databases.sql')).toContain('GRANT CONNECT ON DATABASE spec_of_new TO spec_of_new_app,');
    const [owner, app] = read('infra/postgres/roles.sql').match(/^.*'spec_of_new_.*$/gmu) ?? [];
    const [ownerThere, appThere] = read('infra/postgres/roles.sql').match(/^.*'order_summary_.*$/gmu) ?? [];
    expect([owner?.length, app?.length]).toEqual([ownerThere?.length, appThere?.length]);
    const compose = read('docker-compose.yml');
    expect(compose).toContain(`'127.0.0.1:\${ORDERLINE_PORT_SPEC_OF_NEW:-${port}}:${port}'`);
    expect(compose).toContain('command: [apps/spec-of-new-projector/src/main.ts]');
    expect(compose).toMatch(new RegExp(`PROJECTOR_URLS: .*,spec-of-new=http://spec-of-new:${port}\n`, 'u'));
    expect(read('infra/observability/prometheus.yml')).toContain(
      `      - targets: ['127.0.0.1:${port}']\n        labels: { app: spec-of-new }\n`,
    );
  });

  it('gets a port of its own beside another new one', () => {
    const ports = ['specnew', 'spec-2-new', 'spec-of-new'].map((name) => writeProjector(name, clone).port);
    expect(new Set(ports).size).toBe(3);
  });

  it('is refused, with nothing written, when there is such a part already', () => {
    writeProjector('specnew', clone);
    const before = read('docker-compose.yml');
    expect(() => writeProjector('specnew', clone)).toThrow('is there already');
    expect(() => writeProjector('kafka', clone)).toThrow('already');
    expect(() => writeProjector('orders', clone)).toThrow('a database of that name');
    expect(read('docker-compose.yml')).toBe(before);
  });

  it('is not begun where a file is not as expected', () => {
    writeFileSync(join(clone, 'infra/postgres/databases.sql'), '-- moved\n');
    expect(() => writeProjector('specnew', clone)).toThrow('infra/postgres/databases.sql is not as expected');
    expect(existsSync(join(clone, 'apps'))).toBe(false);
  });
});

it.each(['Refunds', 'spec_of_new', 'x-projector', 'pg-x', 'order', 'user', '9-lives', 'a'.repeat(33), '../x', ''])(
  'refuses %j as a name',
  (name) => {
    expect(() => projectorNames(name)).toThrow('a projector cannot be called');
  },
);
