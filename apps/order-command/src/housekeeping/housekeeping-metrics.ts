import type { JanitorReport } from '@orderline/event-store';
import { Gauge, type Registry } from '@orderline/service-host';

export type HousekeepingMetrics = {
  /** A round came to its end. */
  done(report: JanitorReport): void;
};

export const createHousekeepingMetrics = (registry: Registry): HousekeepingMetrics => {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `orderline_${name}`, help, registers: [registry] });
  const filledDefaults = gauge(
    'filled_default_partitions',
    'Default partitions that hold rows: a clock was stepped or partitions were not made in time',
  );
  const held = gauge(
    'outbox_held_partitions',
    'Past outbox partitions that could not go yet, because of the relay or an open transaction',
  );
  const heldSeconds = gauge(
    'outbox_held_seconds',
    'For how long the oldest past outbox partition that could not go has been over; 0 where all are gone',
  );
  const lastRound = gauge('housekeeping_success_timestamp_seconds', 'When housekeeping last came to its end');
  return {
    done: ({ outbox, filledDefaults: filled }) => {
      const waiting = outbox.filter(({ outcome }) => outcome.startsWith('held'));
      const ends = waiting.flatMap(({ partition }) => endOf(partition) ?? []);
      filledDefaults.set(filled.length);
      held.set(waiting.length);
      heldSeconds.set(ends.length === 0 ? 0 : Math.max(0, (Date.now() - Math.min(...ends)) / 1_000));
      lastRound.setToCurrentTime();
    },
  };
};

const dayMs = 86_400_000;

/** The end of the day in the name of a daily partition (`outbox_2026_01_15`), epoch milliseconds. */
const endOf = (partition: string): number | undefined => {
  const [, year, month, day] = /_(\d{4})_(\d\d)_(\d\d)$/u.exec(partition) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day)) + dayMs;
};
