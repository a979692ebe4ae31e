import type { Logger, Readiness } from '@orderline/service-host';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { RelayParts } from './look.ts';
import { Supervisor } from './supervisor.ts';

const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const done = (): Promise<void> => Promise.resolve();
const topic = { look: done, lastAt: () => undefined, end: () => undefined, close: done };
const parts: RelayParts = {
  connect: {
    status: () => Promise.resolve({ connector: 'STOPPED', task: 'MISSING', trace: undefined }),
    ...{ delivered: nothing, restart: done, stop: done, resume: done, forgetOffsets: done },
  },
  slot: { read: nothing, drop: done, make: done },
  losses: { open: nothing, record: done, setUntil: done, close: () => Promise.resolve(true) },
  ...{ heartbeats: topic, records: topic },
};

const supervisorOf = (): Supervisor => {
  const say = (): void => undefined;
  const logger = { info: say, warn: say, error: say } as unknown as Logger;
  const readiness = { register: say } as unknown as Readiness;
  const config = readConfig({ DATABASE_URL: 'postgres://orders_relay@127.0.0.1/orders' });
  return new Supervisor(parts, config, logger, readiness);
};

describe('whoever heals', () => {
  it('has the relay alone until it is done, also when that fails', async () => {
    const supervisor = supervisorOf();
    const steps: string[] = [];
    const heal = (name: string): Promise<void> =>
      supervisor.whileHealing(async () => {
        steps.push(`${name} begins`);
        await new Promise(setImmediate);
        steps.push(`${name} ends`);
        if (name === 'first') throw new Error('the slot is in use');
      });
    const [first, second] = await Promise.allSettled([heal('first'), heal('second')]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
