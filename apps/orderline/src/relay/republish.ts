import { ask } from '../projector-apps.ts';

export type Republished = {
  readonly orderId: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly records: number;
  readonly dryRun: boolean;
};

type Wanted = { readonly orderId: string; readonly fromVersion?: number | undefined; readonly dryRun: boolean };

/** Has order-command send an order to the topic again, from a version to its head. Throws Refused. */
export const republish = (commandUrl: string, { orderId, fromVersion, dryRun }: Wanted): Promise<Republished> =>
  ask('POST', `${commandUrl}/orders/${encodeURIComponent(orderId)}/republish`, {
    ...(fromVersion !== undefined && { fromVersion }),
    dryRun,
  });

export const republishedLine = ({ orderId, fromVersion, toVersion, records, dryRun }: Republished): string => {
  const versions = fromVersion === toVersion ? `version ${fromVersion}` : `versions ${fromVersion} to ${toVersion}`;
  const noun = records === 1 ? 'record' : 'records';
  return `${orderId}: ${versions}, ${records} ${noun} ${dryRun ? 'would be sent' : 'sent'} again`;
};
