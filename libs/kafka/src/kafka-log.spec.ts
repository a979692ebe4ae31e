import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { translateKafkajsLog } from './kafka-log.ts';

const { ERROR, WARN, INFO } = kafkajs.logLevel;

const setUp = () => {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const clock = { now: 0 };
  const translate = translateKafkajsLog(
    (level, message, fields) => lines.push({ level, message, fields }),
    () => clock.now,
  );
  const tell = (level: number, message: string, extra = {}) =>
    translate({
      level,
      namespace: 'Connection',
      label: 'x',
      log: { message, timestamp: 't', logger: 'kafkajs', ...extra },
    });
  return { lines, clock, tell };
};

describe('what kafkajs has to say', () => {
  it('is no error when a group only changes hands', () => {
    const { lines, tell } = setUp();
    tell(ERROR, 'Response Heartbeat(key: 12, version: 3)', {
      error: 'The group is rebalancing, so a rejoin is needed',
    });
    expect(lines.map(({ level }) => level)).toEqual(['debug']);
  });

  it('is a warning when it heals by itself, told once in ten seconds', () => {
    const { lines, clock, tell } = setUp();
    for (let i = 0; i < 4; i += 1) tell(ERROR, 'Connection error: connect ECONNREFUSED', { stack: 'at …' });
    clock.now = 10_000;
    tell(ERROR, 'Connection error: connect ECONNREFUSED');
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
    expect(lines[1]?.fields).toEqual({ part: 'Connection', heldBack: 3 });
  });

  it('stays an error when nobody else will mend it', () => {
    const { lines, tell } = setUp();
    tell(ERROR, 'Error when calling eachBatch');
    expect(lines[0]?.level).toBe('error');
  });

  it('tells of a joined group, and of nothing else at that level', () => {
    const { lines, tell } = setUp();
    tell(INFO, 'Consumer has joined the group', { groupId: 'g' });
    tell(INFO, 'Stopped');
    tell(WARN, 'KafkaJS v2.0.0 switched default partitioner. To retain …');
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'Consumer has joined the group'],
      ['debug', 'Stopped'],
    ]);
  });
});
