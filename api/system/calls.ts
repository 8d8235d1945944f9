import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countWaiting, databaseVersion } from '../../db/waiting';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import type { Services } from '../services';
import { system } from './schemas';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

export function systemCalls({ db, client, shop, temporalUiUrl }: Services): Call[] {
  return [
    call({
      operationId: 'getSystem',
      method: 'get',
      path: '/v1/system',
      tag: 'Service',
      summary: 'What runs here, and what waits',
      roles: ['clerk', 'viewer'],
      answers: { 200: { description: 'The system as this process sees it.', schema: system } },
      async handle() {
        const [postgres, temporal, waiting] = await Promise.all([
          databaseVersion(db),
          client.serverVersion(),
          countWaiting(db),
        ]);
        return answer(200, {
          versions: {
            conveyor: version,
            node: process.versions.node,
            postgres,
            temporal: temporal ?? null,
          },
          startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
          shop: { name: shop.name, revision: shop.revision },
          waiting,
          temporalUiUrl: temporalUiUrl ?? null,
        });
      },
    }),
  ];
}
