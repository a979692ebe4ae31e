import type { ReactNode } from 'react';

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

export const More = ({ pages, what }: { pages: Pages; what: string }): ReactNode =>
  pages.hasNextPage && (
    <div className="row">
      <button type="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {pages.isFetchingNextPage ? 'Loading…' : `More ${what}`}
      </button>
    </div>
  );
