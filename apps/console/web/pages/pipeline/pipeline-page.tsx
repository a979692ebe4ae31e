import './pipeline.css';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Loading, Notice } from '../../elements/notice.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { useLivePart } from '../../server/stream.ts';
import { HopMap } from './hop-map.tsx';
import { LastMinutes } from './last-minutes.tsx';
import { PartList } from './part-list.tsx';
import { WriteAheadLog } from './write-ahead-log.tsx';

export const PipelinePage = (): ReactNode => (
  <Page
    title="Pipeline"
    lead="The way of an event, from the command that made it to the read models, as it is this second."
    actions={
      <Link href="/try" className="button">
        Place a demo order
      </Link>
    }
  >
    <Stations />
  </Page>
);

const Stations = (): ReactNode => {
  const pipeline = useLivePart('pipeline');
  const connection = useLivePart('connection');
  if (pipeline === null) {
    if (connection !== 'lost') return <Loading what="the pipeline" />;
    return (
      <Notice tone="warn" title="Nothing is known yet">
        The map appears as soon as the console answers.
      </Notice>
    );
  }
  return (
    <>
      <HopMap hops={pipeline.hops} />
      <LastMinutes hops={pipeline.hops} />
      <Panel title="Write-ahead log held back">
        <WriteAheadLog wal={pipeline.wal} />
      </Panel>
      <Panel title="Parts">
        <PartList parts={pipeline.parts} />
      </Panel>
    </>
  );
};
