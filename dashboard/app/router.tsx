import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isProblem } from '../client/problem';
import { meQuery } from '../client/queries';
import { orderSearch, readSearch, signInSearch, tabSearch } from './search';
import { Failed, Loading, NotFound } from '../parts/states';

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <NotFound what="page" isPage />
    </main>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../sign-in/page'), 'SignInPage'),
});

/** Everything that only somebody who is signed in sees, in the frame of the dashboard. */
const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  component: lazyRouteComponent(() => import('./shell'), 'Shell'),
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(meQuery);
    } catch (error) {
      if (!isProblem(error, 401)) throw error;
      // TanStack Router's redirects are thrown: its documented way.
      throw redirect({ to: '/sign-in', search: { to: location.href } }); // eslint-disable-line @typescript-eslint/only-throw-error -- the router's way to redirect
    }
  },
});

const under = { getParentRoute: () => house } as const;

const pages = [
  createRoute({
    ...under,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/orders' }); // eslint-disable-line @typescript-eslint/only-throw-error -- the router's way to redirect
    },
  }),
  createRoute({
    ...under,
    path: '/orders',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../orders/page'), 'OrdersPage'),
  }),
  createRoute({
    ...under,
    path: '/orders/$number',
    validateSearch: orderSearch,
    component: lazyRouteComponent(() => import('../order/page'), 'OrderPage'),
  }),
  createRoute({
    ...under,
    path: '/batches',
    component: lazyRouteComponent(() => import('../batches/page'), 'BatchesPage'),
  }),
  createRoute({
    ...under,
    path: '/batches/$id',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../batches/batch-page'), 'BatchPage'),
  }),
  createRoute({
    ...under,
    path: '/tasks',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../tasks/page'), 'TasksPage'),
  }),
  createRoute({
    ...under,
    path: '/messages',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../messages/page'), 'MessagesPage'),
  }),
  createRoute({
    ...under,
    path: '/stock',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../stock/page'), 'StockPage'),
  }),
  createRoute({
    ...under,
    path: '/stock/$sku',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../stock-record/record-page'), 'StockRecordPage'),
  }),
  createRoute({
    ...under,
    path: '/partners',
    component: lazyRouteComponent(() => import('../partners/page'), 'PartnersPage'),
  }),
  createRoute({
    ...under,
    path: '/partners/$code',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../partners/partner-page'), 'PartnerPage'),
  }),
  createRoute({
    ...under,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('../webhooks/page'), 'WebhooksPage'),
  }),
  createRoute({
    ...under,
    path: '/webhooks/$id',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../webhooks/webhook-page'), 'WebhookPage'),
  }),
  createRoute({
    ...under,
    path: '/statistics',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../statistics/page'), 'StatisticsPage'),
  }),
  createRoute({
    ...under,
    path: '/shop',
    component: lazyRouteComponent(() => import('../shop/page'), 'ShopPage'),
  }),
  createRoute({
    ...under,
    path: '/settings',
    validateSearch: tabSearch,
    component: lazyRouteComponent(() => import('../settings/page'), 'SettingsPage'),
  }),
  createRoute({
    ...under,
    path: '/system',
    component: lazyRouteComponent(() => import('../system/page'), 'SystemPage'),
  }),
];

/** The dashboard's addresses; each page is loaded when it is first opened. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, house.addChildren(pages)]),
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} isPage />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
