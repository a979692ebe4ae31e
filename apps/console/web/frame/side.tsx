import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Badge, type Tone } from '../elements/badge.tsx';
import { Choice } from '../elements/field.tsx';
import type { Live } from '../server/live.ts';
import { useLivePart } from '../server/stream.ts';
import { places } from './places.ts';
import { choose, themes, useTheme } from './theme.ts';

export const Side = (): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <header className={isOpen ? 'side open' : 'side'}>
      <div className="stays">
        <Link href="/" className="brand" onClick={close}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          Orderline
        </Link>
        <button
          type="button"
          className="menu-button"
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpen(!isOpen)}
        >
          Menu
        </button>
        <Navigation onGo={close} />
        <div className="foot">
          <Connection />
          <ThemeChoice />
        </div>
      </div>
    </header>
  );
};

const Navigation = ({ onGo }: { onGo: () => void }): ReactNode => {
  const [location] = useLocation();
  const parked = useLivePart('parked')?.items.length ?? 0;
  const isAt = (href: string): boolean => (href === '/' ? location === '/' : location.startsWith(href));
  return (
    <nav className="navigation" id="navigation" aria-label="Pages">
      <ul className="plain">
        {places.map(({ href, name }) => (
          <li key={href}>
            <Link href={href} aria-current={isAt(href) ? 'page' : undefined} onClick={onGo}>
              {name}
              {href === '/parked' && parked > 0 && <span className="count">{parked}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const connections: Record<Live['connection'], { tone: Tone; word: string }> = {
  opening: { tone: 'unknown', word: 'Connecting' },
  open: { tone: 'good', word: 'Live' },
  lost: { tone: 'bad', word: 'Connection lost' },
};

const Connection = (): ReactNode => {
  const { tone, word } = connections[useLivePart('connection')];
  return (
    <span>
      <Badge tone={tone}>{word}</Badge>
    </span>
  );
};

const ThemeChoice = (): ReactNode => (
  <Choice
    label="Theme"
    value={useTheme()}
    options={themes.map((theme) => ({ value: theme, label: theme.charAt(0).toUpperCase() + theme.slice(1) }))}
    onChoice={(chosen) => choose(themes.find((theme) => theme === chosen) ?? 'system')}
  />
);
