import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
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

const ENDINGS = { br: '.br', gzip: '.gz' } as const;
const TYPES = { js: 'text/javascript', css: 'text/css' } as const;

/** Scripts and style sheets go out as the build compressed them, where the browser takes that. */
const compressed: RequestHandler = (request, response, next) => {
  const type = /\.(js|css)$/.exec(request.path)?.[1] as keyof typeof TYPES | undefined;
  if (!type) return next();
  response.vary('Accept-Encoding');
  const encoding = request.acceptsEncodings('br', 'gzip') as keyof typeof ENDINGS | false;
  const file = encoding ? `${request.path}${ENDINGS[encoding]}` : request.path;
  if (!encoding || !existsSync(join(built, 'assets', basename(file)))) return next();
  response.set({ 'Content-Encoding': encoding, 'Content-Type': `${TYPES[type]}; charset=utf-8` });
  request.url = file;
  next();
};

/** The dashboard's files, and its one page at each of its addresses. */
export function dashboardPages(): Router {
  const router = Router();
  router.use('/assets', compressed, hashed);
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
