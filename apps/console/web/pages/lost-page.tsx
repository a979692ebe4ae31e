import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../elements/page.tsx';

export const LostPage = (): ReactNode => (
  <Page title="No such page" lead="The address leads nowhere in this console.">
    <p>
      <Link href="/">To the pipeline</Link>
    </p>
  </Page>
);
