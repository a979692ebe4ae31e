import { readFileSync } from 'node:fs';

export type Properties = Readonly<Record<string, string>>;

/** A Java properties file as names and values: `name=value` lines and comments, without continuation lines. */
export const parseProperties = (text: string): Properties =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=');
        if (at < 1) throw new Error(`not a property: ${line}`);
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );

/** Text that Java reads back as the same names and values. */
export const renderProperties = (properties: Properties): string =>
  Object.entries(properties)
    .map(([name, value]) => `${escape(name).replaceAll(/[ :=]/gu, String.raw`\$&`)}=${escape(value)}\n`)
    .join('');

/** A properties file of infra/, for instance `kafka/broker.properties`. */
export const infraProperties = (name: string): Properties =>
  parseProperties(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'));

const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
