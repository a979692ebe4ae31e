import { describe, expect, it } from 'vitest';
import { defaultPorts, portPlan } from './port-plan.ts';

describe('the ports of a stack', () => {
  it('are the documented ones by default', () => {
    expect(portPlan({})).toEqual(defaultPorts);
  });
  it('move together by an offset', () => {
    expect(portPlan({ ORDERLINE_PORT_OFFSET: '10000' }).kafka).toBe(29092);
    expect(portPlan({ ORDERLINE_PORT_OFFSET: '1' }, 5000).postgres).toBe(20432);
  });
  it('can each be set', () => {
    expect(portPlan({ ORDERLINE_PORT_ORDER_COMMAND: '4000' })['order-command']).toBe(4000);
  });
  it('must be ports', () => {
    expect(() => portPlan({ ORDERLINE_PORT_KAFKA: 'x', ORDERLINE_PORT_POSTGRES: '70000' })).toThrow(
      /ORDERLINE_PORT_POSTGRES.*ORDERLINE_PORT_KAFKA/u,
    );
  });
  it('must differ', () => {
    expect(() => portPlan({ ORDERLINE_PORT_KAFKA: '3000' })).toThrow('order-command 3000, kafka 3000');
  });
});
