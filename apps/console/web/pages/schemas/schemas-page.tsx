import './schemas.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import type { Schemas } from '../../../src/shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { AwayNotice, Empty } from '../../elements/notice.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { allSchemas } from '../../server/questions.ts';
import { SubjectPanel } from './subject-panel.tsx';
import { SubjectTable } from './subject-table.tsx';

export const SchemasPage = (): ReactNode => (
  <Page
    title="Schemas"
    lead="What the records of the topic look like: one subject for each type of event, each version as the registry keeps it."
  >
    <Answer to={useQuery(allSchemas)} what="the schemas">
      {(schemas) => <Subjects schemas={schemas} />}
    </Answer>
  </Page>
);

const Subjects = ({ schemas: { subjects, away } }: { schemas: Schemas }): ReactNode => {
  const [search, setSearch] = useSearchParams();
  const chosen = subjects.find(({ subject }) => subject === search.get('subject')) ?? subjects[0];
  return (
    <>
      <AwayNotice away={away} />
      {subjects.length === 0 && away.length === 0 && (
        <Empty title="No schema is registered">
          <code>npm run orderline -- schemas register</code>
        </Empty>
      )}
      {chosen !== undefined && (
        <div className="schemas">
          <Panel title="Subjects">
            <SubjectTable subjects={subjects} chosen={chosen.subject} onChoose={(subject) => setSearch({ subject })} />
          </Panel>
          <SubjectPanel key={chosen.subject} subject={chosen} />
        </div>
      )}
    </>
  );
};
