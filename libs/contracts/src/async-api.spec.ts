import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';
import { asyncApiOf } from '../generation/async-api.ts';
import { contractSchemas, topicName } from './index.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(repository, 'schemas', 'asyncapi', `${topicName}.json`), 'utf8');
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
  version: string;
};

const parse = (document: string): ReturnType<Parser['parse']> => {
  const parser = new Parser();
  parser.registerSchemaParser(AvroSchemaParser());
  return parser.parse(document);
};

/** Errors and warnings. */
const noticeable = ({ severity }: { readonly severity: number }): boolean => severity <= 1;

describe('the AsyncAPI document of the topic', () => {
  it('is what the schemas and the declared topic say', () => {
    const fresh = text === asyncApiOf(repository, version);
    expect(fresh, 'stale: run `npm run generate -w @orderline/contracts`').toBe(true);
  });

  it('is valid AsyncAPI 3, its Avro payloads too', { timeout: 60_000 }, async () => {
    const { document, diagnostics } = await parse(text);
    expect(diagnostics.filter(noticeable)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    const messages = document?.channels().get('orders')?.messages().all() ?? [];
    expect(messages.map((message) => message.name()).sort()).toEqual(contractSchemas.map(({ type }) => type).sort());
  });

  it('would be refused with a payload that is no Avro, or a binding that is none', { timeout: 60_000 }, async () => {
    for (const [right, wrong] of [
      ['"type": "record"', '"type": "recrod"'],
      ['"cleanup.policy": [', '"cleanup.policy": ["burn",'],
    ] as const) {
      const { diagnostics } = await parse(text.replace(right, wrong));
      expect(diagnostics.filter(noticeable).length).toBeGreaterThan(0);
    }
  });
});
