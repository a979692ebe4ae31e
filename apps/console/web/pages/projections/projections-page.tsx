import './projections.css';
import type { ReactNode } from 'react';
import { AwayNotice, Empty, Loading, Notice } from '../../elements/notice.tsx';
import { Page } from '../../elements/page.tsx';
import { useLivePart } from '../../server/stream.ts';
import { byHost } from './by-host.ts';
import { HostPanel } from './host-panel.tsx';

export const ProjectionsPage = (): ReactNode => (
  <Page
    title="Projections"
    lead="How far each read model has come. A rebuild fills a new generation beside the one that serves, compares them, and takes over only when told to."
  >
    <Told />
  </Page>
);

const Told = (): ReactNode => {
  const told = useLivePart('projections');
  const connection = useLivePart('connection');
  if (told === null && connection !== 'lost') return <Loading what="the projections" />;
  if (told === null) {
    return (
      <Notice tone="warn" title="Nothing is known yet">
        They appear as soon as the console answers.
      </Notice>
    );
  }
  const hosts = byHost(told.projections);
  return (
    <>
      <AwayNotice away={told.away} />
      {hosts.length === 0 && told.away.length === 0 && <Empty title="No projector is set up" />}
      {hosts.map((host) => (
        <HostPanel key={host.app} host={host} />
      ))}
    </>
  );
};
