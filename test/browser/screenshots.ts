/**
 * Takes the pictures of docs/screenshots anew: `npm run screenshots`, or `npm run screenshots -- 300` for so many seconds of
 * orders before. On a stack of its own, which is gone afterwards.
 */
import { startStack } from '@orderline/local-stack';
import { guard } from '../support/guardian.ts';
import { takeAll } from './take-pictures.ts';

const name = 'screenshots';

guard(name);
const { urls, addresses, stop } = await startStack({
  name,
  fresh: true,
  portOffset: 6_000,
  onNotice: (notice) => console.log(notice),
});
try {
  const scene = { consoleUrl: urls['console'] ?? '', commandUrl: urls['order-command'] ?? '' };
  await takeAll({ ...scene, kafkaBrokers: addresses.kafkaBrokers }, Number(process.argv[2] ?? 120));
} finally {
  await stop();
}
