// Where the pages begin: styles, words, the query cache, then the router.
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Tabs.css';
import './shared/tokens.css';
import './shared/base.css';
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './routes.tsx';
import { sessionQuery } from './session/session.ts';
import { ApiProblem } from './shared/api.ts';
import { startLanguages } from './shared/i18n.ts';
import { theme } from './theme.ts';

/** A call that found nobody is tried once more; an answer, also a bad one, is an answer. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiProblem && error.status === 0;
}

/** A call that was refused for want of a session: the door shows what is to be done. */
function hearRefusal(error: Error): void {
  if (!(error instanceof ApiProblem) || error.status !== 401) return;
  void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: hearRefusal }),
  mutationCache: new MutationCache({ onError: hearRefusal }),
  defaultOptions: { queries: { retry: isWorthRetrying, retryDelay: 800, staleTime: 2_000 } },
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no place for the pages');

await startLanguages();
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      forceColorScheme="light"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
