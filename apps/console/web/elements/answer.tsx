import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed } from './failed.tsx';
import { Loading } from './notice.tsx';

type AnswerProps<Told> = { to: UseQueryResult<Told>; what: string; children: (told: Told) => ReactNode };

/** An answer in each of its states. One that was given before stays in sight when asking again fails, with the reason above it. */
export const Answer = <Told,>({ to, what, children }: AnswerProps<Told>): ReactNode => {
  const again = (): void => void to.refetch();
  if (to.data === undefined) {
    return to.error === null ? <Loading what={what} /> : <Failed what={what} error={to.error} again={again} />;
  }
  return (
    <>
      {to.error !== null && <Failed what={what} error={to.error} again={again} />}
      {children(to.data)}
    </>
  );
};
