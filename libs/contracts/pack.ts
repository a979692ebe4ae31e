/** `npm run pack-contracts -w @orderline/contracts [-- <folder>]`: the package as subscribers install it, as a tarball. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

type Manifest = Readonly<Record<string, unknown>> & { readonly dependencies: object; readonly version: string };

const here = import.meta.dirname;
const schemas = join(here, '..', '..', 'schemas');

/** In the repository the package runs from source; published, it is JavaScript with declarations. */
const publishedManifest = (): object => {
  const { name, version, type, dependencies } = JSON.parse(
    readFileSync(join(here, 'package.json'), 'utf8'),
  ) as Manifest;
  return {
    name,
    version,
    description: 'Events of the topic domain-events.orders: types, codec, upcasters and the version gate',
    license: 'Apache-2.0',
    type,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './schemas/*': './schemas/*' },
    engines: { node: '>=20.19' },
    dependencies,
  };
};

const fill = (folder: string): void => {
  const compiler = join(here, '..', '..', 'node_modules', '.bin', 'tsc');
  const args = ['-p', join(here, 'tsconfig.publish.json'), '--outDir', join(folder, 'dist')];
  execFileSync(compiler, args, { stdio: 'inherit' });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
  cpSync(join(here, 'README.md'), join(folder, 'README.md'));
  cpSync(join(schemas, 'CHANGELOG.md'), join(folder, 'CHANGELOG.md'));
  for (const part of ['avro', 'asyncapi'])
    cpSync(join(schemas, part), join(folder, 'schemas', part), { recursive: true });
};

const folder = mkdtempSync(join(tmpdir(), 'orderline-contracts-'));
const target = resolve(process.argv[2] ?? join(here, 'dist'));
try {
  fill(folder);
  mkdirSync(target, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', target], {
    cwd: folder,
    encoding: 'utf8',
  });
  console.log(join(target, packed.trim()));
} finally {
  rmSync(folder, { recursive: true });
}
