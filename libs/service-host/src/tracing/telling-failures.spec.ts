import { ExportResultCode } from '@opentelemetry/core';
import { expect, it } from 'vitest';
import { tellingFailures } from './telling-failures.ts';

it('tells the first failure after a success, and passes every result on', () => {
  const told: unknown[] = [];
  const passedOn: number[] = [];
  let code: number = ExportResultCode.FAILED;
  const exporter = tellingFailures(
    {
      export: (_spans, done) => {
        done({ code, error: new Error('away') });
      },
      shutdown: () => Promise.resolve(),
    },
    (error) => told.push(error),
  );
  const send = (next: number): void => {
    code = next;
    exporter.export([], (result) => passedOn.push(result.code));
  };
  send(ExportResultCode.FAILED);
  send(ExportResultCode.FAILED);
  expect(told).toMatchObject([{ message: 'away' }]);
  send(ExportResultCode.SUCCESS);
  expect(told).toHaveLength(1);
  send(ExportResultCode.FAILED);
  expect(told).toHaveLength(2);
  expect(passedOn).toEqual([1, 1, 0, 1]);
});
