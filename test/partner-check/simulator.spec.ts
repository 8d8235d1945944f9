import { afterEach, describe, expect, it } from '@jest/globals';
import { startPartner } from '../../examples/partner/partner';
import type { Manners } from '../../examples/partner/manners';
import { listen } from '../../scripts/partner-check/listening';
import { written } from '../../scripts/partner-check/report';
import { checkPartner } from '../../scripts/partner-check/run';

const secret = `whsec_${Buffer.from('a secret of both, of some length').toString('base64')}`;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** What the check says of the example's partner with these manners. */
async function reportOn(manners: Partial<Manners>, patienceMs = 10_000): Promise<string> {
  const ear = await listen('http://127.0.0.1:0', secret);
  stops.push(() => ear.close());
  const partner = await startPartner({
    ...{ code: 'lumen', secrets: [secret], callbacksTo: ear.url },
    manners: { paceMs: 20, ...manners },
  });
  stops.push(() => partner.stop());
  const whom = { url: `${partner.url}/letters`, secret, answerMs: 1_000 };
  return written(
    await checkPartner({ ...whom, partner: 'lumen', skus: ['A-1', 'B-2'], patienceMs }, ear),
  );
}

describe('the check of the partner in examples/partner', () => {
  it.each<[string, Partial<Manners>]>([
    ['is good', {}],
    ['sends several parcels, and says each thing five times', { parcels: 2, times: 5 }],
    ['says the last thing first', { reversed: true, parcels: 2 }],
    ['cancels a unit and takes one back', { soldOut: 1, returned: 1 }],
    ['declines what it has taken', { answer: 'declines' }],
  ])('finds nothing where it %s', async (_, manners) => {
    expect(await reportOn(manners)).toContain(' kept, 0 broken, 0 not tried.');
  });

  it.each<[string, Partial<Manners>, string]>([
    ['signs wrongly at first', { wrongSignature: true }, '✗ What you say is signed'],
    [
      'says no to every order',
      { answer: 'refuses' },
      '✗ A letter is taken\n      It was answered 409',
    ],
    ['is slow', { slowMs: 1_500 }, 'There was no answer within 1 s.'],
  ])('says so where it %s', async (_, manners, finding) => {
    expect(await reportOn(manners, 2_000)).toContain(finding);
  });
});
