import { describe, expect, it } from 'vitest';
import { traceparentOf } from './traceparent.ts';

const trace = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the trace of a command', () => {
  it("is the caller's", () => expect(traceparentOf(`00-${trace}`)).toBe(`00-${trace}`));
  it('carries a later version on as version 00', () => expect(traceparentOf(`cc-${trace}-what`)).toBe(`00-${trace}`));
  it.each([undefined, '', `ff-${trace}`, `00-${trace}-more`, `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, 'nonsense'])(
    'starts anew where the header is %j',
    (header) => {
      expect(traceparentOf(header)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/u);
      expect(traceparentOf(header)).not.toBe(traceparentOf(header));
    },
  );
});
