import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventTypes, topicName } from '@orderline/contracts';
import { describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(repository, file), 'utf8');
const page = read('docs/subscribing.md');

type Message = { readonly headers: { readonly properties: Readonly<Record<string, object>> } };
type AsyncApi = {
  readonly channels: { readonly orders: { readonly bindings: { readonly kafka: { readonly partitions: number } } } };
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
};
const asyncApi = JSON.parse(read(`schemas/asyncapi/${topicName}.json`)) as AsyncApi;

const blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gmsu)].map(([, language, file, text]) => ({
  language: language ?? '',
  file: file ?? '',
  text: text ?? '',
}));

/** Prettier moves code in a page to the left. */
const unindented = (text: string): string => text.replace(/^ +/gmu, '');

describe('the page for subscribers', () => {
  it('has code only from files that tests run', () => {
    expect(blocks.length).toBeGreaterThan(1);
    for (const { file, text } of blocks) {
      expect(unindented(read(file)), `the page differs from ${file}`).toContain(unindented(text));
    }
  });

  it('names every header of the AsyncAPI document, and the number of partitions', () => {
    const headers = Object.keys(asyncApi.components.messages[eventTypes[0]!]!.headers.properties);
    const table = page.slice(page.indexOf('| header'), page.indexOf('Others may be there'));
    const named = [...table.matchAll(/`([\w-]+)`/gu)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining(headers));
    const { partitions } = asyncApi.channels.orders.bindings.kafka;
    expect(page).toMatch(new RegExp(`\\| partitions +\\| ${partitions}, never changed`, 'u'));
  });

  it('names every verdict of the gate', () => {
    const verdicts = [...read('libs/contracts/src/version-gate.ts').matchAll(/^ {2}\| '(\w+)'/gmu)].map(
      ([, name]) => name,
    );
    expect(verdicts).toHaveLength(4);
    for (const verdict of verdicts) expect(page).toContain(`\`${verdict}\``);
  });
});
