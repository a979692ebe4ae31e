import { describe, expect, it } from 'vitest';
import { brokerProperties } from '../parts/kafka-part.ts';
import { defaultPorts } from '../ports/port-plan.ts';
import { kafkaDoors, portsSeenBy } from './detours.ts';

const detours = [
  { from: 'analytics', to: 'postgres', port: 5001 },
  { from: 'analytics', to: 'kafka', port: 5002, listener: 5003 },
] as const;

describe('a detour', () => {
  it('moves one server for one part', () => {
    expect(portsSeenBy('analytics', defaultPorts, detours)).toEqual({ ...defaultPorts, postgres: 5001, kafka: 5002 });
    expect(portsSeenBy('order-summary', defaultPorts, detours)).toEqual(defaultPorts);
  });

  it('to Kafka is told to its clients by a listener of its own, so that they stay on it', () => {
    const broker = { port: 9092, controllerPort: 9093, doors: kafkaDoors(detours) };
    const { listeners, ...told } = brokerProperties(broker, 'log');
    expect(listeners).toBe('PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093,DOOR0://127.0.0.1:5003');
    expect(told['advertised.listeners']).toBe('PLAINTEXT://127.0.0.1:9092,DOOR0://127.0.0.1:5002');
    expect(told['listener.security.protocol.map']).toContain('DOOR0:PLAINTEXT');
  });

  it('to Kafka that names no listener is refused', () => {
    expect(() => kafkaDoors([{ from: 'analytics', to: 'kafka', port: 5002 }])).toThrow('of analytics');
  });
});
