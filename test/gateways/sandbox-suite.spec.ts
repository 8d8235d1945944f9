import { createGatewayClient } from '../../activities/gateways/sandbox';
import { startReceiver } from '../gateway/receiver';
import { CALLBACK_SECRET, deadUrl, startGateway } from '../gateway/running-gateway';
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
    once: 'tok_captures_once',
    whole: 'tok_no_partial',
    declined: 'tok_declined',
    timesOutAfterMoving: 'tok_timeout_after_charge',
    timesOutBeforeMoving: 'tok_timeout_before_charge',
    fallsSilent: 'tok_unknown',
    renewable: 'tok_ok',
    notRenewable: 'tok_not_renewable',
    renewalDeclined: 'tok_renewal_declined',
  },

  async start() {
    let ahead = 0;
    const service = await startGateway({ now: () => Date.now() + ahead });
    const receiver = await startReceiver();
    const gateway = createGatewayClient({
      ...{ url: service.url, timeoutMs: 5000 },
      ...{ callbackUrl: receiver.url, secret: CALLBACK_SECRET },
    });
    return {
      gateway,
      receiver,
      goOn: (ms: number) => void (ahead += ms),
      ledger: async () =>
        (await service.ledger()).map(({ kind, ...rest }) => ({ ...rest, kind: kinds[kind] })),
      async stop() {
        receiver.stop();
        await service.stop();
      },
    };
  },

  nobody: async () => createGatewayClient({ url: await deadUrl(), timeoutMs: 5000 }),
  later: (running, ms) => running.goOn(ms),
  told: ({ receiver }) => receiver.received,
});
