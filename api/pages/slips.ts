import { Router } from 'express';

/** A script of its own, because pages of this API run no script that is written into them. */
const PRINT = `const button = document.getElementById('print');
button.hidden = false;
button.addEventListener('click', () => window.print());
`;

/** What slips need beside themselves: the script of their Print button. */
export function slipFiles(): Router {
  const router = Router();
  router.get('/slips/print.js', (_request, response) => void response.type('js').send(PRINT));
  return router;
}
