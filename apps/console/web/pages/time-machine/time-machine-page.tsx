import './time-machine.css';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { CountsSeries } from '../../../src/shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { Choice } from '../../elements/field.tsx';
import { AwayNotice } from '../../elements/notice.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { countsBetween } from '../../server/questions.ts';
import { consoleNow } from '../../server/stream.ts';
import { CountsChart } from './counts-chart.tsx';
import { OrdersAtInstant } from './orders-at-instant.tsx';
import { spanOf, spans } from './span.ts';

const points = 120;

export const TimeMachinePage = (): ReactNode => {
  const [minutes, setMinutes] = useState(60);
  const [now, setNow] = useState(consoleNow);
  const span = spanOf(minutes, now);
  const counts = useQuery(countsBetween(span.from, span.to, points));
  return (
    <Page
      title="Time machine"
      lead="How many orders were in each status at any instant, and which ones they were."
      actions={
        <div className="row">
          <Choice
            label="Span"
            value={String(minutes)}
            options={spans.map(({ name, minutes: value }) => ({ value: String(value), label: name }))}
            onChoice={(chosen) => {
              setMinutes(Number(chosen));
              setNow(consoleNow());
            }}
          />
          <button type="button" className="beside-field" onClick={() => setNow(consoleNow())}>
            Up to now
          </button>
        </div>
      }
    >
      <Answer to={counts} what="the counts">
        {(series) => <Machine series={series} />}
      </Answer>
    </Page>
  );
};

const Machine = ({ series }: { series: CountsSeries }): ReactNode => {
  const [picked, setPicked] = useState<string | null>(null);
  const at = picked === null || picked < series.from || picked > series.to ? series.to : picked;
  return (
    <>
      <AwayNotice away={series.away} />
      {series.points.length > 0 && (
        <>
          <Panel title="Orders in each status">
            <CountsChart series={series} at={at} onPick={setPicked} />
          </Panel>
          <OrdersAtInstant at={at} />
        </>
      )}
    </>
  );
};
