import type { ReactNode } from 'react';
import type { Generation, Health, Status } from '../../src/shapes.ts';
import { inWords } from './format.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'accent';

export const Badge = ({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode => (
  <span className="badge" data-tone={tone}>
    {children}
  </span>
);

export const StatusBadge = ({ status }: { status: Status }): ReactNode => (
  <span className="badge" data-status={status}>
    {inWords(status)}
  </span>
);

const ofHealth: Record<Health, { tone: Tone; word: string }> = {
  up: { tone: 'good', word: 'Up' },
  late: { tone: 'warn', word: 'Late' },
  down: { tone: 'bad', word: 'Down' },
  unknown: { tone: 'unknown', word: 'Not known' },
};

export const HealthBadge = ({ health }: { health: Health }): ReactNode => (
  <Badge tone={ofHealth[health].tone}>{ofHealth[health].word}</Badge>
);

const ofGeneration: Record<Generation['state'], { tone: Tone; word: string }> = {
  serving: { tone: 'good', word: 'Serving' },
  filling: { tone: 'accent', word: 'Filling' },
  caught_up: { tone: 'accent', word: 'Caught up' },
  standby: { tone: 'unknown', word: 'Standing by' },
};

export const GenerationBadge = ({ state }: { state: Generation['state'] }): ReactNode => (
  <Badge tone={ofGeneration[state].tone}>{ofGeneration[state].word}</Badge>
);
