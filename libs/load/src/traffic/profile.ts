/** How many events a second are asked for, from the begin to the end of a run. */
export type Profile =
  | {
      readonly kind: 'steady';
      readonly eventsPerSecond: number;
      /** Before it: the rate climbs to it for so long. What is measured then is of a system that warms up. */
      readonly rampSeconds: number;
      readonly seconds: number;
    }
  | {
      readonly kind: 'day';
      readonly eventsPerDay: number;
      /** A day's hours pass so many times as fast; its rates are those of the day. */
      readonly compress: number;
      /** From midnight on. */
      readonly seconds: number;
    };

export const daySeconds = 86_400;

export const rampSecondsOf = (profile: Profile): number => (profile.kind === 'steady' ? profile.rampSeconds : 0);

/** Seconds from the begin to the end, ramp included. */
export const lengthOf = (profile: Profile): number => rampSecondsOf(profile) + profile.seconds;

export const eventsPerSecondAt = (profile: Profile, second: number): number => {
  if (profile.kind === 'day') {
    const { eventsPerDay, compress } = profile;
    return (eventsPerDay / daySeconds) * dayCurve((((second * compress) % daySeconds) / daySeconds) * 24);
  }
  const { eventsPerSecond, rampSeconds } = profile;
  return second >= rampSeconds ? eventsPerSecond : (eventsPerSecond * Math.max(0, second)) / rampSeconds;
};

/** When people order: little at night, some for breakfast, a peak at lunch and a longer and higher one at dinner. */
const meals = [
  { hour: 8.5, hours: 1.5, height: 0.5 },
  { hour: 12.5, hours: 1.1, height: 2.2 },
  { hour: 19.25, hours: 1.7, height: 3 },
];
const night = 0.15;

const appetite = (hour: number): number =>
  meals.reduce((sum, meal) => sum + meal.height * Math.exp(-((hour - meal.hour) ** 2) / (2 * meal.hours ** 2)), night);

const minutes = Array.from({ length: 1_440 }, (_, minute) => minute);
const mean = minutes.reduce((sum, minute) => sum + appetite(minute / 60), 0) / minutes.length;

/** What a time of day is asked for, relative to the day's average. */
export const dayCurve = (hour: number): number => appetite(hour) / mean;
