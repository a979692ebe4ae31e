import { useState, type ReactNode } from 'react';
import type { Schemas } from '../../../src/shapes.ts';
import { Changes } from '../../elements/changes.tsx';
import { Choice } from '../../elements/field.tsx';
import { Json } from '../../elements/json.tsx';
import { Empty } from '../../elements/notice.tsx';
import { Panel } from '../../elements/page.tsx';
import { InThisBuild } from './subject-table.tsx';

type Subject = Schemas['subjects'][number];

export const SubjectPanel = ({ subject }: { subject: Subject }): ReactNode => {
  const { versions, compatibility } = subject;
  const [chosen, setChosen] = useState(versions[0]?.version);
  const shown = versions.find(({ version }) => version === chosen) ?? versions[0];
  const isFirst = shown === versions.at(-1);
  return (
    <Panel title={subject.type} actions={<InThisBuild subject={subject} />}>
      <div className="stack">
        <dl className="facts">
          <dt>Subject</dt>
          <dd className="mono">{subject.subject}</dd>
          <dt>Compatibility</dt>
          <dd>{compatibility ?? 'as the registry has it for all'}</dd>
        </dl>
        {shown === undefined ? (
          <Empty title="The registry has no version of it" />
        ) : (
          <>
            <Choice
              label="Version"
              value={String(shown.version)}
              options={versions.map(({ version, id }) => ({
                value: String(version),
                label: `${version} (schema id ${id})`,
              }))}
              onChoice={(version) => setChosen(Number(version))}
            />
            {isFirst ? (
              <p className="soft">The first version: there is nothing before it to differ from.</p>
            ) : (
              <Changes changes={shown.changes} caption={`Against the version before ${shown.version}`} />
            )}
            <Json value={shown.schema} label={`Schema of ${subject.type}, version ${shown.version}`} />
          </>
        )}
      </div>
    </Panel>
  );
};
