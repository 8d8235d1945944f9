import { lazy, Suspense } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createQueries } from '../client/queries';
import { createAppRouter } from './router';
import { cssVariables, theme } from './theme';

const queries = createQueries();
const router = createAppRouter(queries);

/** Nothing is said before something was done: the first page need not wait for it. */
const Toasts = lazy(async () => ({ default: (await import('./toasts')).Toasts }));

/** The whole dashboard. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Suspense>
          <Toasts />
        </Suspense>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
