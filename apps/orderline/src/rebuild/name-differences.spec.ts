import { expect, it } from 'vitest';
import { nameDifferences } from './name-differences.ts';

const orderId = '019c1c2e-0000-7000-8000-000000000001';

it('names the columns that differ with both values, and the event behind the row', () => {
  const serving = { order_id: orderId, status: 'Created', total_minor: 900 };
  const differences = [
    {
      ...{ key: { orderId }, serving, candidate: { ...serving, status: 'Ready' } },
      ...{ orderVersion: 4, eventId: '019c1c2e-0000-7000-8000-00000000000a' },
    },
    { key: { currency: 'EUR' }, serving: { received: 5 }, candidate: null, orderVersion: null, eventId: null },
  ];
  const text = nameDifferences({ rows: 300, differing: 12, differences });
  expect(text).toContain(`orderId ${orderId}  status: "Created" → "Ready"`);
  expect(text).toContain('v4 019c1c2e-0000-7000-8000-00000000000a');
  expect(text).toMatch(/currency EUR +there → missing +of several orders/u);
  expect(text).toMatch(/and 10 more$/u);
  expect(text).not.toContain('total_minor');
});
