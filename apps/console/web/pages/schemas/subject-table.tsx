import type { ReactNode } from 'react';
import type { Schemas } from '../../../src/shapes.ts';
import { Badge, type Tone } from '../../elements/badge.tsx';
import { Table } from '../../elements/table.tsx';

type Subject = Schemas['subjects'][number];
type SubjectTableProps = { subjects: Subject[]; chosen: string; onChoose: (subject: string) => void };

const inBuild: Record<Subject['inThisBuild'], { tone: Tone; words: string }> = {
  newest: { tone: 'good', words: 'Newest' },
  older: { tone: 'warn', words: 'Older than the newest' },
  unregistered: { tone: 'bad', words: 'Not registered' },
  unknown_type: { tone: 'unknown', words: 'Type not known' },
};

export const InThisBuild = ({ subject }: { subject: Subject }): ReactNode => (
  <Badge tone={inBuild[subject.inThisBuild].tone}>{inBuild[subject.inThisBuild].words}</Badge>
);

export const SubjectTable = ({ subjects, chosen, onChoose }: SubjectTableProps): ReactNode => (
  <Table
    caption="One for each type of event"
    rows={subjects}
    keyOf={({ subject }) => subject}
    columns={[
      {
        head: 'Type',
        cell: ({ subject, type }) => (
          <button type="button" className="choice" aria-pressed={subject === chosen} onClick={() => onChoose(subject)}>
            {type}
          </button>
        ),
      },
      { head: 'Versions', isNumber: true, cell: ({ versions }) => versions.length },
      { head: 'In this build', cell: (subject) => <InThisBuild subject={subject} /> },
    ]}
  />
);
