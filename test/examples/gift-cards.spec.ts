import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { createGiftCards } from '../../examples/gateways/gift-cards';
import type { GatewayMovement } from '../../activities/gateways/port';
import { describeGateway } from '../gateways/suite';

const root = path.resolve(__dirname, '../..');

describeGateway('the gateway that docs/gateways.md shows', {
  cards: { good: 'a-card', many: 'a-card', declined: 'an-empty-card', notRenewable: 'a-card' },
  start() {
    const gateway = createGiftCards(new Map([['a-card', 1_000_000]]), () => new Date());
    const orders = new Set<string>();
    const watched = {
      ...gateway,
      authorise: (...given: Parameters<typeof gateway.authorise>) => {
        orders.add(given[0].order);
        return gateway.authorise(...given);
      },
    };
    return Promise.resolve({
      gateway: watched,
      async ledger() {
        const all: (GatewayMovement & { order: string })[] = [];
        for (const order of orders) {
          const listed = await gateway.movements(order);
          if (listed.outcome !== 'listed') throw new Error(listed.why);
          all.push(...listed.movements.map((movement) => ({ ...movement, order })));
        }
        return all;
      },
      stop: () => Promise.resolve(),
    });
  },
});

describe('docs/gateways.md', () => {
  it('shows the file as it is', () => {
    const page = readFileSync(path.join(root, 'docs/gateways.md'), 'utf8');
    const file = readFileSync(path.join(root, 'examples/gateways/gift-cards.ts'), 'utf8');
    expect(page).toContain(`\`\`\`ts\n${file}\`\`\``);
  });
});
