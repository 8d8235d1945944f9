import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Letter } from '../../machines/letters/letters';
import { eventually } from '../support/eventually';
import { aLine, startSystem, type Sending } from '../support/system';
import { startPartner } from './running-partner';

/** The whole system with a partner's server beside it, at which every partner of the file is reached. */
export async function startWithPartners() {
  const exchangeDir = await mkdtemp(path.join(os.tmpdir(), 'conveyor-exchange-'));
  const server = await startPartner();
  const shop = path.join(__dirname, 'shop-with-partners.ts');
  const system = await startSystem({ shop, letters: { exchangeDir } });

  const lettersTo = (code: string) =>
    server.got
      .map(({ body }) => JSON.parse(body) as Letter)
      .filter(({ partner }) => partner === code);

  return {
    ...{ system, server, lettersTo, exchangeDir },
    /** Registers a partner, or changes one; gives its secret when it is new. */
    async register(code: string, changes: object = {}): Promise<string> {
      const transport = { kind: 'http', url: server.url };
      const put = await system.put(`/v1/partners/${code}`, { name: code, transport, ...changes });
      if (put.status >= 300) throw new Error(JSON.stringify(put.body));
      return put.body.secret;
    },
    /** An order of two mugs that this partner sends, and of tea that nobody is asked for; it is paid. */
    async handed(code: string, changes: object = {}): Promise<string> {
      const mugs = aLine({ quantity: 2, partner: code, partnerSku: 'AC-1', ...changes });
      const tea = aLine({ id: 'B', sku: 'TEA-1', title: 'Tea' });
      const { number } = await system.placed({ lines: [mugs, tea] });
      await system.command(number, { type: 'take-payment' });
      return number;
    },
    /** Waits for that many letters to a partner. */
    letters: (code: string, count = 1) =>
      eventually(
        async () => lettersTo(code),
        (letters) => letters.length >= count,
      ),
    order: async (number: string, sending?: Sending) =>
      (await system.get(`/v1/orders/${number}`, sending)).body,
    /** Waits for an order to be asked for people's help with this. */
    task: (number: string, reason: string) =>
      eventually(
        async () => (await system.get(`/v1/tasks?number=${number}&reason=${reason}`)).body.tasks,
        (tasks: { text: string }[]) => tasks.length > 0,
      ).then(([task]) => task!.text),
    async stop() {
      await system.stop();
      await server.stop();
      await rm(exchangeDir, { recursive: true });
    },
  };
}

export type WithPartners = Awaited<ReturnType<typeof startWithPartners>>;
