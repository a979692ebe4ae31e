import { describe, expect, it } from 'vitest';
import { infraProperties, parseProperties, renderProperties } from './properties.ts';

describe('properties files', () => {
  it('are read line by line, without comments', () => {
    expect(parseProperties('# why\na.b=1\n\nurl=http://x?y=z\nempty=\n')).toEqual({
      'a.b': '1',
      url: 'http://x?y=z',
      empty: '',
    });
  });
  it('refuse a line that sets nothing', () => {
    expect(() => parseProperties('a.b 1')).toThrow('a.b 1');
  });
  it('are written so that Java reads the same back', () => {
    expect(renderProperties({ 'log.dirs': 'C:\\kafka', 'a b': 'two\nlines' })).toBe(
      'log.dirs=C:\\\\kafka\na\\ b=two\\nlines\n',
    );
  });
  it('turn off the automatic creation of topics on the broker and in Connect', () => {
    expect(infraProperties('kafka/broker.properties')['auto.create.topics.enable']).toBe('false');
    expect(infraProperties('debezium/worker.properties')['topic.creation.enable']).toBe('false');
  });
});
