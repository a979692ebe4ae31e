import type { PartNews } from '@orderline/local-stack';
import colours from 'picocolors';

/** What is said when a part dies or is back. */
export const newsLine = (news: PartNews): string =>
  news.kind === 'back'
    ? `${colours.green('✔')} ${news.part} is back`
    : `${colours.yellow('!')} ${news.why}\n  starting ${news.part} again in ${news.retryInMs / 1_000} s`;
