import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeApps, openapiFolder } from './describe-apps.ts';

let fresh: ReadonlyMap<string, string>;
beforeAll(async () => {
  fresh = await describeApps();
}, 60_000);

const written = (file: string): string => readFileSync(join(openapiFolder, file), 'utf8');
const described = readdirSync(openapiFolder);

describe('the OpenAPI descriptions', () => {
  it('are there for every app that subscribers use, and of no app that is gone', () => {
    const ours = ['order-command', 'order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'];
    const wanted = ours.map((app) => (app === 'order-command' ? `${app}.json` : `${app}-projector.json`));
    expect(described).toEqual(expect.arrayContaining(wanted));
    expect([...fresh.keys()]).toEqual(expect.arrayContaining(described));
  });

  it.each(described)('%s is what the app serves', (file) => {
    expect(written(file) === fresh.get(file), 'stale: run `npm run describe`').toBe(true);
  });

  it.each(described)('%s is valid OpenAPI 3.1', async (file) => {
    const { valid, errors } = await new Validator().validate(written(file));
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('tell the routes of an app, of the kit it is built on and of its host', () => {
    const { paths } = JSON.parse(written('order-summary-projector.json')) as { paths: Record<string, object> };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/orders', '/orders/{orderId}', '/projections', '/parked', '/metrics', '/health/ready']),
    );
  });
});
