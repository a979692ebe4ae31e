import type { Arena } from './arena.ts';
import type { Fault, FaultKind } from './fault.ts';
import { stepClock } from './harm/clock-harm.ts';
import { killAtCrashPoint } from './harm/crash-point-harm.ts';
import { endSessions, killBackend, lockTable, openTransaction } from './harm/database-harm.ts';
import { fillDisk } from './harm/disk-harm.ts';
import { cut, delay, halfOpen, reset, stall, throttle } from './harm/network-harm.ts';
import { freeze, kill, restartPostgres, terminate } from './harm/process-harm.ts';
import { registryDown, registrySlow, registryWrong } from './harm/registry-harm.ts';
import { advanceSlot, dropSlot } from './harm/slot-harm.ts';

/** Resolves when the harm is over; from then on everything must come back without a hand. */
export type Harm = (arena: Arena, fault: Fault) => Promise<void> | void;

const harms: Record<FaultKind, Harm> = {
  kill,
  freeze,
  terminate,
  'kill at crash point': killAtCrashPoint,
  'restart postgres': restartPostgres,
  'kill backend': killBackend,
  'end sessions': endSessions,
  'lock table': lockTable,
  'open transaction': openTransaction,
  delay,
  throttle,
  stall,
  cut,
  reset,
  'half-open': halfOpen,
  'registry slow': registrySlow,
  'registry down': registryDown,
  'registry wrong': registryWrong,
  'registry down for minutes': registryDown,
  'drop slot': dropSlot,
  'advance slot': advanceSlot,
  'fill disk': fillDisk,
  'step clock': stepClock,
};

export const doHarm = async (arena: Arena, fault: Fault): Promise<void> => {
  await harms[fault.kind](arena, fault);
};
