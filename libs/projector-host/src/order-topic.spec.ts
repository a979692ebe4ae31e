import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { orderTopic } from './order-topic.ts';

type Declared = { readonly topics: readonly { readonly name: string; readonly partitions: number }[] };

it('expects the topic that is declared', () => {
  const file = readFileSync(new URL('../../../infra/kafka/topics.json', import.meta.url), 'utf8');
  const declared = (JSON.parse(file) as Declared).topics.find(({ name }) => name === orderTopic.topic);
  expect(declared?.partitions).toBe(orderTopic.partitionCount);
});
