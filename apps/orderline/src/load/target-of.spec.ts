import { expect, it } from 'vitest';
import { namedTarget, type TargetFlags } from './target-of.ts';

const flags: TargetFlags = { projector: [], audit: true, settle: '60s' };
const commandUrl = 'https://orders.example/';

it('somewhere else is what was named and nothing else: without databases there is no audit of them', () => {
  const projector = ['order-summary=https://summary.example/', 'loyalty=http://10.0.0.7:3009'];
  expect(namedTarget({ ...flags, commandUrl, projector, brokers: 'k-1:9092,k-2:9092' })).toEqual({
    commandUrl: 'https://orders.example',
    projectors: [
      { name: 'order-summary', url: 'https://summary.example' },
      { name: 'loyalty', url: 'http://10.0.0.7:3009' },
    ],
    brokers: ['k-1:9092', 'k-2:9092'],
  });
  expect(namedTarget({ ...flags, commandUrl })).toEqual({ commandUrl: 'https://orders.example', projectors: [] });
});

it('without an address it is the local stack, and half an address is refused', () => {
  expect(namedTarget(flags)).toBeUndefined();
  expect(() => namedTarget({ ...flags, brokers: 'k-1:9092' })).toThrow('go with --command-url');
  expect(() => namedTarget({ ...flags, commandUrl, projector: ['https://summary.example'] })).toThrow(
    '--projector is name=url',
  );
});
