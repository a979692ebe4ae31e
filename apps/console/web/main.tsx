import './style/theme.css';
import './style/base.css';
import './style/frame.css';
import './style/elements.css';
import './style/table.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Refusal } from './server/ask.ts';

/** What the API refused is refused again; only what had no answer is asked for once more. */
const isWorthAnother = (times: number, error: Error): boolean =>
  times < 2 && error instanceof Refusal && (error.status === 0 || error.status === 429);

const answers = new QueryClient({
  defaultOptions: { queries: { retry: isWorthAnother, staleTime: 2_000, refetchOnWindowFocus: true } },
});

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has no element with the id "page"');

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={answers}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
