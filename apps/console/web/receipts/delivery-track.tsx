import './receipts.css';
import type { ReactNode } from 'react';
import type { Receipts } from '../../src/order-shapes.ts';
import { formatDuration } from '../elements/format.ts';
import { byApp, inTopic, type AppReached, type Reached } from './delivery.ts';

type Stop = { name: string; reached: Reached; detail: string };

/** How far one version has come: recorded, in the topic, in each read model. */
export const DeliveryTrack = ({ receipts, version }: { receipts: Receipts; version: number }): ReactNode => (
  <ol className="track plain" aria-label={`How far version ${version} has come`}>
    {stopsOf(receipts, version).map(({ name, reached, detail }) => (
      <li key={name} data-reached={reached}>
        <strong>{name}</strong>
        <span className="small">{words[reached]}</span>
        <span className="small soft figures">{detail}</span>
      </li>
    ))}
  </ol>
);

const words: Record<Reached, string> = { yes: 'There', waiting: 'On its way…', parked: 'Parked', unknown: 'Not known' };

const stopsOf = (receipts: Receipts, version: number): Stop[] => {
  const found = receipts.versions.find((one) => one.version === version);
  const relayed = found?.relayed;
  return [
    { name: 'Event store', reached: found === undefined ? 'waiting' : 'yes', detail: found?.type ?? '' },
    {
      name: 'Kafka',
      reached: inTopic(receipts, version),
      detail: relayed ? `partition ${relayed.partition}, offset ${relayed.offset}` : '',
    },
    ...byApp(receipts, version).map((one) => ({
      name: one.app,
      reached: one.reached,
      detail: appliedText(one, version, found?.recordedAt),
    })),
  ];
};

/** A projection remembers when it applied an order's last version only, so only of that the delay is known. */
const appliedText = (
  { version: applied, appliedAt }: AppReached,
  version: number,
  recordedAt: string | undefined,
): string => {
  if (applied === 0) return 'has not seen the order';
  if (applied !== version) return `at version ${applied}`;
  if (appliedAt === null || recordedAt === undefined) return '';
  const seconds = (new Date(appliedAt).getTime() - new Date(recordedAt).getTime()) / 1_000;
  return `${formatDuration(Math.max(0, seconds))} after it was recorded`;
};
