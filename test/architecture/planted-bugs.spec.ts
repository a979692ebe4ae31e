import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bugsAtMoments, bugsOnTroubledTopic } from '../invariants/planted/bugs.ts';

const sourceOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

it.each([...bugsOnTroubledTopic, ...bugsAtMoments])('$name: has one place in the kit', (bug) => {
  for (const { file, find } of [bug, ...(bug.also === undefined ? [] : [bug.also])]) {
    expect(sourceOf(file).split(find).length - 1, `${file} has ${find}`).toBe(1);
  }
});
