import { createGatewayClient } from '../../activities/gateways/sandbox';
import { deadUrl, startGateway } from '../gateway/running-gateway';
import { describeGateway } from './suite';

const kinds = {
  authorisation: 'authorise',
  capture: 'capture',
  refund: 'refund',
  void: 'void',
} as const;

describeGateway('the sandbox gateway', {
  cards: {
    good: 'tok_ok',
    many: 'tok_ok',
    declined: 'tok_declined',
    timesOutAfterMoving: 'tok_timeout_after_charge',
    timesOutBeforeMoving: 'tok_timeout_before_charge',
  },

  async start() {
    let ahead = 0;
    const service = await startGateway({ now: () => Date.now() + ahead });
    return {
      gateway: createGatewayClient({ url: service.url, timeoutMs: 5000 }),
      goOn: (ms: number) => void (ahead += ms),
      ledger: async () =>
        (await service.ledger()).map(({ kind, ...rest }) => ({ ...rest, kind: kinds[kind] })),
      stop: () => service.stop(),
    };
  },

  nobody: async () => createGatewayClient({ url: await deadUrl(), timeoutMs: 5000 }),
  later: (running, ms) => running.goOn(ms),
});
