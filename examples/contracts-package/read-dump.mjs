// node read-dump.mjs < dump.json: the same over records that were saved, { schemas: { id: text }, records: [{ key, headers, value }] }.
import { text } from 'node:stream/consumers';
import { followOrders } from './follow-orders.mjs';

const { schemas, records } = JSON.parse(await text(process.stdin));
const { take, orders } = followOrders((id) => schemas[id]);
for (const { key, headers, value } of records) await take({ key, headers, value: Buffer.from(value, 'base64') });
console.log(JSON.stringify({ consumer: 'contracts-package', orders, faults: [] }));
