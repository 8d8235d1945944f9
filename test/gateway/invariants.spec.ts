import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import path from 'node:path';
import type { Entry } from '../../scripts/gateway/entries';
import { createGateway, type Gateway } from '../../scripts/gateway/gateway';
import { openJournal } from '../../scripts/gateway/journal';
import { parseRequest } from '../../scripts/gateway/requests';
import type { LedgerEntry } from '../../scripts/gateway/views';
import { temporaryDirectory } from './running-gateway';

const HELD = 1000;

/** What a customer of the gateway may try; keys are few, so that they collide. */
const attempt = fc.record({
  kind: fc.constantFrom('capture', 'refund', 'void' as const),
  key: fc.integer({ min: 0, max: 11 }).map((number) => `key ${number}`),
  amount: fc.integer({ min: 1, max: HELD + 1 }),
  final: fc.boolean(),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never;

const token = fc.constantFrom(
  'tok_ok',
  'tok_no_partial',
  'tok_captures_once',
  'tok_fails_twice',
  'tok_timeout_after_charge',
);

async function submit(
  gateway: Gateway,
  authorisation: string,
  { kind, key, amount, final }: Attempt,
) {
  const about = { order: '1', authorisation };
  const bodies = {
    capture: { ...about, amount, final },
    refund: { ...about, amount },
    void: about,
  };
  const parsed = parseRequest(kind, bodies[kind]);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return gateway.submit(parsed.request, key);
}

async function authorise(gateway: Gateway, card: string): Promise<string> {
  const body = { order: '1', amount: HELD, currency: 'GBP', token: card };
  const parsed = parseRequest('authorisation', body);
  if ('fault' in parsed) throw new Error(parsed.fault);
  for (;;) {
    const answer = await gateway.submit(parsed.request, 'authorise');
    if (answer.result === 'moved') return answer.outcome.reference;
  }
}

function sum(ledger: LedgerEntry[], kind: LedgerEntry['kind']): number {
  return ledger.reduce((total, entry) => total + (entry.kind === kind ? entry.amount : 0), 0);
}

describe('whatever is asked for, in whatever order and all at once', () => {
  it('no more is captured than was held, no more refunded than captured, each key moves once, and a restart changes nothing', async () => {
    const { directory, remove } = temporaryDirectory();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        token,
        fc.array(fc.array(attempt, { maxLength: 8 }), { maxLength: 4 }),
        async (card, rounds) => {
          const file = path.join(directory, `${run++}.ndjson`);
          const journal = openJournal<Entry>(file);
          const gateway = createGateway({ journal });
          const authorisation = await authorise(gateway, card);
          for (const round of rounds)
            await Promise.all(round.map((one) => submit(gateway, authorisation, one)));

          const ledger = await gateway.ledger();
          const captured = sum(ledger, 'capture');
          expect(captured + sum(ledger, 'void')).toBeLessThanOrEqual(HELD);
          expect(sum(ledger, 'refund')).toBeLessThanOrEqual(captured);
          expect(new Set(ledger.map((entry) => entry.key)).size).toBe(ledger.length);
          expect(new Set(ledger.map((entry) => entry.reference)).size).toBe(ledger.length);

          await journal.close();
          const again = openJournal<Entry>(file);
          expect(await createGateway({ journal: again }).ledger()).toEqual(ledger);
          await again.close();
        },
      ),
      { numRuns: 100 },
    );
    remove();
  });
});
