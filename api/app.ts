import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { batchCalls } from './batches/calls';
import { dashboardPages } from './pages/dashboard';
import { docsPages } from './pages/docs';
import { slipFiles } from './pages/slips';
import { creditCalls } from './credit/calls';
import { bodyProblems } from './http/body';
import { send } from './http/answers';
import { findingCalls } from './finding/calls';
import { statisticsCalls } from './finding/statistics';
import type { Call } from './http/call';
import { failure } from './http/failures';
import { logRequests } from './http/log';
import { mount } from './http/mount';
import { createReplays } from './http/replays';
import { ledgerCalls } from './ledger/calls';
import { gatewayCalls } from './gateways/calls';
import { messageCalls } from './messages/calls';
import { openApiDocument } from './openapi';
import { partnerCalls } from './partners/calls';
import { partnerMessageCalls } from './partners/messages';
import { partnerSendingCalls } from './partners/sending';
import { callbackCalls } from './partners/callbacks';
import { pickUpCalls } from './partners/pick-ups';
import { problem } from './problems';
import { commandCalls } from './routes/commands';
import { downloadCalls } from './routes/downloads';
import { keyCalls } from './routes/keys';
import { meCalls } from './sessions/me';
import { linkCalls } from './sessions/links';
import { sessionCalls } from './sessions/calls';
import { userCalls } from './users/calls';
import { permittedCalls } from './sessions/permitted-calls';
import { guestCalls } from './guests/calls';
import { orderCalls } from './routes/orders';
import { placingCalls } from './routes/placing';
import { serviceCalls } from './routes/service';
import { shopCalls } from './shop/calls';
import { slipCalls } from './slips/calls';
import { timelineCalls } from './routes/timeline';
import { viewCalls } from './views/calls';
import { voucherCalls } from './vouchers/calls';
import type { Services } from './services';
import { stockChangeCalls } from './stock/changes';
import { describedCalls } from './partners/described';
import { stockRecordCalls } from './stock/records';
import { systemCalls } from './system/calls';
import { taskCalls } from './tasks/calls';
import { taskReasonCalls } from './tasks/reasons';
import { webhookDeliveryCalls } from './webhooks/deliveries';
import { webhookRoutes } from './webhooks/documented';
import { webhookCalls } from './webhooks/endpoints';

/** Every call of the API; the first path that fits a request takes it. */
function callsOf(services: Services): Call[] {
  const calls: Call[] = [
    ...placingCalls(services),
    ...shopCalls(services),
    ...timelineCalls(services),
    ...findingCalls(services),
    ...statisticsCalls(services),
    ...orderCalls(services),
    ...guestCalls(services),
    ...commandCalls(services),
    ...messageCalls(services),
    ...ledgerCalls(services),
    ...describedCalls(),
    ...stockRecordCalls(services),
    ...stockChangeCalls(services),
    ...taskCalls(services),
    ...viewCalls(services),
    ...taskReasonCalls(services),
    ...voucherCalls(services),
    ...creditCalls(services),
    ...batchCalls(services),
    ...slipCalls(services),
    ...gatewayCalls(services),
    ...partnerCalls(services),
    ...partnerMessageCalls(services),
    ...partnerSendingCalls(services),
    ...callbackCalls(services),
    ...pickUpCalls(services),
    ...webhookCalls(services),
    ...webhookDeliveryCalls(services),
    ...sessionCalls(services),
    ...linkCalls(services),
    ...meCalls(services),
    ...userCalls(services),
    ...keyCalls(services),
    ...systemCalls(services),
    ...downloadCalls(services),
  ];
  const all: Call[] = [
    ...calls,
    ...permittedCalls(() => all),
    ...serviceCalls(services, () => document),
  ];
  const document = openApiDocument(all, webhookRoutes());
  return all;
}

/** The API over HTTP. */
export function createApp(services: Services, log: Logger): Express {
  const app = express();
  app.set('trust proxy', services.trustedProxies);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(logRequests(log));
  app.use(services.metrics.measure);
  // Pages are served over plain HTTP too, where asking for upgraded addresses would break them.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  mount(app, callsOf(services), {
    keyRing: services.keyRing,
    sessions: services.sessions,
    replays: createReplays(services.db),
  });
  app.use(docsPages());
  app.use(slipFiles());
  app.use(dashboardPages());
  app.use((request, response) => {
    const detail = `There is no ${request.path} here; /docs shows what there is.`;
    send(response, problem('not-found', { detail }));
  });
  app.use(bodyProblems());
  app.use(lastResort);
  return app;
}

const lastResort: ErrorRequestHandler = (error: unknown, request, response, next) => {
  // Express itself refuses addresses that cannot be decoded.
  const isBadAddress = error instanceof URIError;
  if (!isBadAddress) request.log.error({ err: error }, 'request failed');
  if (response.headersSent) return next(error);
  const detail = 'The address cannot be read.';
  send(response, isBadAddress ? problem('not-found', { detail }) : failure(error));
};
