import type { Stack } from '@orderline/local-stack';
import { table } from './table.ts';

/** Where everything of a running stack is. */
export const addressTable = ({ urls, addresses }: Pick<Stack, 'urls' | 'addresses'>): string =>
  table(
    ['', 'address'],
    [
      ...Object.entries(urls),
      ['PostgreSQL', addresses.adminUrl],
      ['Kafka', addresses.kafkaBrokers.join(',')],
      ['Kafka Connect', addresses.connectUrl],
      ['Schema registry', addresses.registryUrl],
    ],
  );
