import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';

const names = ['letter-v1', 'message-v1', 'feed-v1'] as const;
const folder = path.resolve(__dirname, '../../docs/schemas');

const readSchema = (name: (typeof names)[number]) =>
  JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>;

/** The JSON Schemas of what is exchanged with partners, for whoever writes a partner's side. */
export function describedCalls(): Call[] {
  const schemas = new Map(names.map((name) => [name, readSchema(name)]));
  return [
    call({
      operationId: 'getPartnerSchema',
      method: 'get',
      path: '/v1/partner-schemas/{name}',
      tag: 'Partners',
      summary: 'The JSON Schema of what partners are told or say',
      description: 'Draft 2020-12. Letters may have more fields than it names; messages may not.',
      roles: 'anyone',
      params: z.object({ name: z.enum(names) }),
      answers: {
        200: { description: 'The schema.', schema: z.record(z.string(), z.unknown()) },
      },
      handle: async ({ params: { name } }) => answer(200, schemas.get(name)),
    }),
  ];
}
