import type { StepReport } from '@orderline/local-stack';
import colours from 'picocolors';

/** One line per step that ended, for logs and pipes; nothing for the rest. */
export const stepLine = (report: StepReport): string | undefined => {
  switch (report.state) {
    case 'waiting':
    case 'running':
      return undefined;
    case 'done':
      return `${colours.green('✔')} ${report.title} ${colours.dim(howItWent(report))}`;
    case 'failed':
      return `${colours.red('✖')} ${report.title}`;
  }
};

/** `127.0.0.1:19092 · 2.1 s` */
export const howItWent = ({ detail, seconds }: Extract<StepReport, { state: 'done' }>): string =>
  [detail, `${seconds.toFixed(1)} s`].filter((part) => part !== undefined).join(' · ');
