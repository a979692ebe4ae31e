import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { packageJson } from './package-json.ts';
import { projectorNames } from './projector-names.ts';
import { portPlanFile, stackEdits, type Placed } from './stack-edits.ts';

const templates = fileURLToPath(new URL('../../templates/projector', import.meta.url));
const ending = '.template';

export type Written = Placed & { readonly added: readonly string[]; readonly changed: readonly string[] };

/**
 * Writes a projector that works into a clone: its app, and its place in the stack, natively and in Docker. Writes nothing
 * when any of it cannot be done.
 */
export const writeProjector = (name: string, repository: string): Written => {
  const read = (file: string): string => readFileSync(join(repository, file), 'utf8');
  const names = projectorNames(name);
  const app = join('apps', names.folder);
  if (existsSync(join(repository, app))) throw new Error(`${app} is there already.`);
  const placed = { ...names, port: freePort(read(portPlanFile), name) };
  const changed = stackEdits.map(({ file, edit }) => ({ file, content: edited(file, () => edit(read(file), placed)) }));
  const added = [{ file: join(app, 'package.json'), content: packageJson(names) }, ...fromTemplates(app, placed)];
  for (const { file, content } of [...added, ...changed]) {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), content);
  }
  return { ...placed, added: added.map(({ file }) => file), changed: changed.map(({ file }) => file) };
};

const edited = (file: string, edit: () => string): string => {
  try {
    return edit();
  } catch (cause) {
    throw new Error(`${file} is not as expected: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};

const fromTemplates = (app: string, placed: Placed): { file: string; content: string }[] =>
  readdirSync(templates, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => ({
      file: join(app, fill(file.slice(0, -ending.length), placed)),
      content: fill(readFileSync(join(templates, file), 'utf8'), placed),
    }));

/** Puts names into `{{name}}`, `{{table}}`, `{{camel}}`, `{{Pascal}}` and `{{port}}`. */
const fill = (text: string, placed: Placed): string =>
  text.replaceAll(/\{\{(\w+)\}\}/gu, (_, word: string) => String(placed[word as keyof Placed]));
