import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';
import type { Weather } from '../tcp-proxy.ts';

const during = async ({ wires }: Arena, { target, lengthMs }: Fault, weather: Weather): Promise<void> => {
  const wire = wires.get(target);
  wire.set(weather);
  await pause(lengthMs);
  wire.set({ kind: 'clear' });
};

export const delay = (arena: Arena, fault: Fault): Promise<void> => during(arena, fault, { kind: 'delay', ms: 150 });

export const throttle = (arena: Arena, fault: Fault): Promise<void> =>
  during(arena, fault, { kind: 'throttle', bytesPerSecond: 20_000 });

export const stall = (arena: Arena, fault: Fault): Promise<void> => during(arena, fault, { kind: 'stall' });

export const cut = (arena: Arena, fault: Fault): Promise<void> => during(arena, fault, { kind: 'cut' });

/** Once a second. */
export const reset = async ({ wires }: Arena, { target, lengthMs }: Fault): Promise<void> => {
  for (const until = performance.now() + lengthMs; ;) {
    wires.get(target).reset();
    if (performance.now() >= until) return;
    await pause(1_000);
  }
};

/** The connections there are die and neither side hears of it; new ones pass. */
export const halfOpen = ({ wires }: Arena, { target }: Fault): void => wires.get(target).abandon();
