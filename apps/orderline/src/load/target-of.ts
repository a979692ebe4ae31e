import type { LoadTarget } from '@orderline/load';
import { viewStack } from '@orderline/local-stack';
import { localAudit } from '../audit/local-audit.ts';
import { readConfig } from '../config.ts';
import { projectorApps } from '../projector-apps.ts';
import { parseSeconds } from './parse-amount.ts';

export type TargetFlags = {
  readonly commandUrl?: string;
  readonly projector: readonly string[];
  readonly brokers?: string;
  readonly audit: boolean;
  readonly settle: string;
};

/** The local stack as it runs, all of it. */
export const localTarget = ({ audit, settle }: TargetFlags): LoadTarget => {
  const { env, stack } = readConfig();
  const { ports, addresses } = viewStack(stack, env);
  return {
    commandUrl: `http://127.0.0.1:${ports['order-command']}`,
    projectors: projectorApps(undefined),
    brokers: addresses.kafkaBrokers,
    ...(audit && { audit: { ...localAudit(), settleMs: parseSeconds('--settle', settle) * 1_000 } }),
  };
};

/** What was named, and nothing else; undefined when nothing was. */
export const namedTarget = ({ commandUrl, projector, brokers }: TargetFlags): LoadTarget | undefined => {
  if (commandUrl === undefined) {
    if (projector.length > 0 || brokers !== undefined)
      throw new Error('--projector and --brokers go with --command-url: without it the local stack is asked');
    return undefined;
  }
  return {
    commandUrl: withoutSlash(commandUrl),
    projectors: projector.map((named) => {
      const [, name, url] = /^([\w-]+)=(https?:\/\/.+)$/u.exec(named) ?? [];
      if (name === undefined || url === undefined) throw new Error(`--projector is name=url, not ${named}`);
      return { name, url: withoutSlash(url) };
    }),
    ...(brokers !== undefined && { brokers: brokers.split(',') }),
  };
};

const withoutSlash = (url: string): string => url.replace(/\/$/u, '');
