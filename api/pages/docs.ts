import path from 'node:path';
import express, { Router } from 'express';
import { problemKinds } from '../problem-kinds';

const SHOWN_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** A script of its own, because pages of this API run no script that is written into them. */
const STARTER = `window.addEventListener('load', () => {
  window.ui = SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: true,
    tryItOutEnabled: true,
    validatorUrl: null,
  });
});
`;

function page(title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png">
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

const apiPage = page(
  'Conveyor API',
  '<link rel="stylesheet" href="/docs/assets/swagger-ui.css">',
  `<div id="api"></div>
<noscript>The same as JSON: <a href="/openapi.json">/openapi.json</a></noscript>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>`,
);

const STYLE = `body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
section:target { outline: 3px solid; outline-offset: .5rem; }
code { font-size: 1.1em; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } a { color: #9cf; } }
`;

function problemsPage(): string {
  const sections = Object.entries(problemKinds).map(
    ([code, { status, title, remedy }]) =>
      `<section id="${code}"><h2><code>${code}</code> (${status})</h2><p>${title}. ${remedy}</p></section>`,
  );
  const intro =
    '<h1>Problems</h1><p>Every answer of the <a href="/docs">API</a> that is no success is one of these (RFC 9457).</p>';
  return page(
    'Problems of the Conveyor API',
    '<link rel="stylesheet" href="/docs/style.css">',
    `<main>${intro}${sections.join('\n')}</main>`,
  );
}

/** The readable documentation: the API with a form for each call, and what each problem means. */
export function docsPages(): Router {
  const router = Router();
  const assets = path.dirname(require.resolve('swagger-ui-dist/package.json'));
  const problems = problemsPage();
  router.get('/docs', (_request, response) => void response.type('html').send(apiPage));
  router.get('/docs/problems', (_request, response) => void response.type('html').send(problems));
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(STARTER));
  router.get('/docs/style.css', (_request, response) => void response.type('css').send(STYLE));
  const files = express.static(assets, { index: false, maxAge: '1 hour' });
  router.use('/docs/assets', (request, response, next) => {
    if (SHOWN_FILES.includes(request.path.slice(1))) files(request, response, next);
    else next();
  });
  return router;
}
