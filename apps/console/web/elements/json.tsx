import type { ReactNode } from 'react';

/** Scrolls within itself, so it takes the focus for the arrow keys. */
export const Json = ({ value, label }: { value: unknown; label: string }): ReactNode => (
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
  <pre className="code" tabIndex={0} role="region" aria-label={label}>
    {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
  </pre>
);
