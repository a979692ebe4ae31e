import type { PartNews } from '@orderline/local-stack';
import colours from 'picocolors';

/** What is said when a part dies, is in trouble or is back. */
export const newsLine = (news: PartNews): string => {
  switch (news.kind) {
    case 'back':
      return `${colours.green('✔')} ${news.part} is back`;
    case 'trouble':
      return `${colours.yellow('!')} ${news.why}`;
    case 'died':
      return `${colours.yellow('!')} ${news.why}\n  starting ${news.part} again in ${news.retryInMs / 1_000} s`;
  }
};
