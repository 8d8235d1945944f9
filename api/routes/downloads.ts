import { createReadStream } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DOWNLOAD, readSubject, type DownloadSubject } from '../../db/secrets/downloads';
import { countUnits } from '../../machines/fulfilment/units';
import { findOrder } from '../found-order';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';

const params = z.object({ token: z.string().max(4_000) });

/** What customers download, by a link that is signed and expires. */
export function downloadCalls(services: Services): Call[] {
  return [
    call({
      operationId: 'download',
      method: 'get',
      path: '/v1/downloads/{token}',
      tag: 'Downloads',
      summary: 'A file that a customer bought',
      description:
        'The link is in the customer’s message and needs no key. It expires; staff send new ones with `send-downloads`.',
      roles: 'anyone',
      params,
      answers: {
        200: { description: 'The file.', contentType: 'application/octet-stream' },
      },
      problems: ['not-found', 'link-expired'],
      async handle({ params: { token } }) {
        const { tokens, now } = services;
        const read = await tokens.read(DOWNLOAD, token, new Date(now()));
        if (read.outcome === 'unknown') return nothing();
        if (read.outcome === 'expired') return expired(read.expiresAt);
        const subject = readSubject(read.subject);
        const isBought = await mayHave(services, subject);
        return isBought ? fileAnswer(services.downloadsDir, subject) : nothing();
      },
    }),
  ];
}

/** The same for whatever is wrong: a wrong link tells nothing. */
function nothing(): Answer {
  return problem('not-found', { detail: 'There is nothing at this address.' });
}

function expired(expiresAt: string): Answer {
  const detail = `This link was good until ${expiresAt}: ask the shop for a new one.`;
  return problem('link-expired', { detail, figures: { expiresAt } });
}

/** Whether units of the line were delivered and have not come back. */
async function mayHave({ db }: Services, { order: number, line }: DownloadSubject) {
  const order = await findOrder(db, number);
  const state = order?.state.context.lines.find(({ id }) => id === line);
  if (!order || !state) return false;
  const { dispatched, returned } = countUnits(order.shop, state);
  return dispatched > returned;
}

async function fileAnswer(folder: string, { file }: DownloadSubject): Promise<Answer> {
  const named = path.join(folder, path.basename(file));
  const opened = await open(named).catch(() => undefined);
  if (!opened) return nothing();
  const stat = await opened.stat();
  await opened.close();
  const place = path.dirname(await realpath(named));
  if (!stat.isFile() || place !== (await realpath(folder))) return nothing();
  return {
    ...answer(200, undefined, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(stat.size),
      'Content-Disposition': disposition(file),
      'X-Content-Type-Options': 'nosniff',
    }),
    stream: (response) => {
      const bytes = createReadStream(named);
      bytes.on('error', (error) => response.destroy(error));
      response.on('close', () => bytes.destroy());
      bytes.pipe(response);
    },
  };
}

/** RFC 6266: plain letters for all, and the name itself for those that can read it. */
function disposition(file: string): string {
  const plain = file.replaceAll(/[^\w .-]/g, '_');
  const full = encodeURIComponent(file).replaceAll(/['()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
