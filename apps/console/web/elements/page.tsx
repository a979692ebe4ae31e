import { useEffect, useRef, type ReactNode } from 'react';
import { announce } from './announce.tsx';

type PageProps = { title: string; lead: ReactNode; actions?: ReactNode; children: ReactNode };

/** The focus goes to the heading of a page that was navigated to, so that reading goes on there; not on the first one. */
export const Page = ({ title, lead, actions, children }: PageProps): ReactNode => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const isFirst = document.title === firstTitle;
    document.title = `${title} · Orderline`;
    if (isFirst) return;
    heading.current?.focus();
    announce(`Page: ${title}`);
  }, [title]);
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          <p>{lead}</p>
        </div>
        {actions}
      </div>
      <div className="stack">{children}</div>
    </>
  );
};

const firstTitle = document.title;

type PanelProps = { title: string; actions?: ReactNode; children: ReactNode };

export const Panel = ({ title, actions, children }: PanelProps): ReactNode => (
  <section className="panel" aria-label={title}>
    <header>
      <h2>{title}</h2>
      {actions}
    </header>
    {children}
  </section>
);
