import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { everyPath } from './every-path.ts';

const commandsOf = (seed: number, orders: number): string =>
  Array.from({ length: orders }, (_, n) =>
    everyPath(seed, n).map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`),
  )
    .flat()
    .join('\n');

it('the same seed gives the same commands, in every build: a fault campaign can be run again', () => {
  const digest = createHash('sha256').update(commandsOf(20_261_121, 500)).digest('hex');
  expect(digest).toBe('5283dd655efdcbd8fe1e0d69c98f2720db0582355c050b0472d70003896af0d0');
  expect(commandsOf(1, 5)).not.toBe(commandsOf(2, 5));
});
