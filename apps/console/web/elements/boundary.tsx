import { Component, type ReactNode } from 'react';
import { Notice } from './notice.tsx';

type BoundaryProps = { what: string; children: ReactNode };

/** What cannot be drawn, or whose script cannot be loaded, is missing alone: the rest of the page stays. */
export class Boundary extends Component<BoundaryProps, { error: Error | null }> {
  override readonly state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { what, children } = this.props;
    if (this.state.error === null) return children;
    return (
      <Notice tone="bad" title={`${what} cannot be shown`}>
        <p>{this.state.error.message}</p>
        <div className="row">
          <button type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </div>
      </Notice>
    );
  }
}
