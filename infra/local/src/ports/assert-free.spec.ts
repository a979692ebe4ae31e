import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { assertPortsFree } from './assert-free.ts';
import { freePort } from './free-port.ts';
import { portPlan } from './port-plan.ts';

it('names a port that is in use, what wants it, what has it and how to choose another', async () => {
  const port = await freePort();
  const ports = portPlan({ ORDERLINE_PORT_KAFKA: String(port) });
  await assertPortsFree(ports, ['kafka']);
  const other = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const holder = process.platform === 'linux' ? `pid ${process.pid}` : 'another process';
  await expect(assertPortsFree(ports, ['kafka'])).rejects.toThrow(
    new RegExp(`port ${port}, wanted by kafka, is in use by ${holder}.*ORDERLINE_PORT_KAFKA`, 'u'),
  );
  other.close();
});
