import { keepCallbacks } from '../../db/gateway-callbacks';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';
import { callbackTaken, gatewayParams } from './schemas';

export function gatewayCalls({ db, gateways }: Services): Call[] {
  return [
    call({
      operationId: 'tellOfMovement',
      method: 'post',
      path: '/v1/gateways/{gateway}/callbacks',
      tag: 'Gateways',
      summary: 'What a gateway tells of its own accord',
      description:
        "The body is the gateway's own, signed by it over the bytes as they are sent. It is kept before it is answered, once however often it is told, and in any order; what is about an order that is not known yet waits for it.",
      roles: 'anyone',
      params: gatewayParams,
      isRaw: true,
      answers: { 200: { description: 'It is kept.', schema: callbackTaken } },
      problems: ['invalid-signature', 'gateway-unavailable', 'database-unavailable'],
      keepsAnswer: () => false,
      async handle({ params: { gateway }, sent, headers }) {
        const reader = Object.hasOwn(gateways, gateway) ? gateways[gateway] : undefined;
        if (!reader?.readCallback) {
          const detail = `No gateway ${gateway} tells anything here; its secret may not be set.`;
          return problem('not-found', { detail, figures: { gateway } });
        }
        const raw = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
        const told = await reader.readCallback(raw, headers);
        if (told.outcome === 'forged') return problem('invalid-signature', { detail: told.why });
        if (told.outcome === 'unreachable') {
          return problem('gateway-unavailable', { detail: told.why });
        }
        await keepCallbacks(db, gateway, told.news);
        return answer(200, { news: told.news.length });
      },
    }),
  ];
}
