import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';

const built = join(__dirname, '../../dashboard/dist');
const page = join(built, 'index.html');
const NOT_BUILT =
  'The dashboard is not built: run `npm run dashboard:build` (`npm start` does it by itself).\n';

/** Its files have the hash of what is in them in their names. */
const hashed = express.static(join(built, 'assets'), {
  immutable: true,
  maxAge: '1y',
  index: false,
});

/** The dashboard's files, and its one page at each of its addresses. */
export function dashboardPages(): Router {
  const router = Router();
  router.use('/assets', hashed);
  router.use(express.static(built, { index: false, maxAge: '1h' }));
  router.use(onePage);
  return router;
}

/** A browser that asks for a page gets it: which one it is, its script reads from the address. */
const onePage: RequestHandler = (request, response, next) => {
  const isForBrowser = request.accepts(['json', 'html']) === 'html';
  const isPage = ['GET', 'HEAD'].includes(request.method) && isForBrowser;
  if (!isPage || /^\/(v1|assets)\//.test(request.path)) return next();
  if (!existsSync(page)) return void response.status(503).type('text').send(NOT_BUILT);
  response.set('Cache-Control', 'no-cache').sendFile(page);
};
