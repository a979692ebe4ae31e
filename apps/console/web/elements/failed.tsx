import type { ReactNode } from 'react';
import { Refusal } from '../server/ask.ts';
import { Notice } from './notice.tsx';

/** What went wrong, in the words of whoever refused, and which part it was. */
export const Failed = ({ what, error, again }: { what: string; error: Error; again?: () => void }): ReactNode => (
  <Notice tone="bad" title={titleOf(what, error)}>
    <p>{error.message}</p>
    {error instanceof Refusal && error.errors.length > 0 && (
      <ul>
        {error.errors.map(({ path, message }) => (
          <li key={path}>
            <code>{path}</code> {message}
          </li>
        ))}
      </ul>
    )}
    {again && (
      <div className="row">
        <button type="button" onClick={again}>
          Try again
        </button>
      </div>
    )}
  </Notice>
);

const titleOf = (what: string, error: Error): string =>
  `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${reasonOf(error)}`;

const reasonOf = (error: Error): string => {
  if (!(error instanceof Refusal)) return 'failed';
  if (error.part !== undefined) return `${error.part} is away`;
  return error.status === 0 ? 'the console is away' : `refused (${error.code})`;
};
