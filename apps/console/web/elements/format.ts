/** How figures, times and names are written, the same on every page. What is not known is a dash. */

export const unknown = '–';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

export const formatCount = (count: number | null | undefined): string =>
  typeof count === 'number' ? whole.format(count) : unknown;

export const formatRate = (perSecond: number | null): string =>
  perSecond === null ? unknown : `${(perSecond < 100 ? short : whole).format(perSecond)}/s`;

export const formatDuration = (seconds: number | null): string => {
  if (seconds === null) return unknown;
  if (seconds < 1) return `${whole.format(seconds * 1_000)} ms`;
  if (seconds < 60) return `${short.format(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? '1 day' : `${days} days`;
};

export const formatMillis = (millis: number | null | undefined): string =>
  typeof millis === 'number' ? formatDuration(millis / 1_000) : unknown;

const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export const formatBytes = (bytes: number | null): string => {
  if (bytes === null) return unknown;
  const power = Math.min(sizes.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${(power === 0 ? whole : short).format(bytes / 1_024 ** power)} ${sizes[power] ?? ''}`;
};

/** `2026-01-15 14:05:00.120`, UTC, as the timeline and the logs write it. */
export const formatInstant = (instant: string): string => instant.replace('T', ' ').replace('Z', '');

export const formatAge = (since: string, now: string | number): string => {
  const seconds = Math.floor((new Date(now).getTime() - new Date(since).getTime()) / 1_000);
  if (seconds < 1) return 'just now';
  // Of its largest unit only: what began an hour ago is not told to the second.
  const unit = [86_400, 3_600, 60].find((size) => seconds >= size) ?? 1;
  return `${formatDuration(seconds - (seconds % unit)).replace(/ 0 (?:s|min)$/u, '')} ago`;
};

/** Ids made within an hour begin alike: the end tells them apart. */
export const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id);

/** `OutForDelivery` and `mark-ready` as words. */
export const inWords = (name: string): string => {
  const words = name
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .replace(/[-_]/gu, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A value of JSON on one line. */
export const formatValue = (value: unknown): string => {
  if (value === undefined) return unknown;
  return typeof value === 'string' ? value : JSON.stringify(value);
};
