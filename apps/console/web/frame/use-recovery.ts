import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLivePart } from '../server/stream.ts';
import { isBack, standingOf } from './recovery.ts';

/** A page that had to do without a part fills itself once the part is back. */
export const useRecovery = (): void => {
  const answers = useQueryClient();
  const connection = useLivePart('connection');
  const pipeline = useLivePart('pipeline');
  const before = useRef(standingOf({ connection, pipeline }));
  useEffect(() => {
    const now = standingOf({ connection, pipeline });
    if (isBack(before.current, now)) void answers.invalidateQueries();
    before.current = now;
  }, [answers, connection, pipeline]);
};
