import { afterEach, describe, expect, it } from '@jest/globals';
import { listen, type Ear } from '../../scripts/partner-check/listening';
import { written } from '../../scripts/partner-check/report';
import { checkPartner, isKept, type Report } from '../../scripts/partner-check/run';
import { startFlawedPartner, type Flaw } from './partner-of-flaws';

const secret = `whsec_${Buffer.from('a secret of both, of some length').toString('base64')}`;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const brokenIn = ({ letters, messages }: Report) =>
  [...letters, ...messages].flatMap(({ rule, verdict }) => (verdict === 'broken' ? [rule] : []));

/** Checks a partner with these flaws, and listens to it unless told not to. */
async function check(flaws: readonly Flaw[], { isHeard = true } = {}): Promise<Report> {
  const ear: Ear | undefined = isHeard ? await listen('http://127.0.0.1:0', secret) : undefined;
  if (ear) stops.push(() => ear.close());
  const partner = await startFlawedPartner(secret, flaws, () => ear?.url);
  stops.push(() => partner.stop());
  const whom = { url: partner.url, secret, answerMs: 1_000 };
  return checkPartner({ ...whom, partner: 'acme', skus: ['A-1', 'B-2'], patienceMs: 2_500 }, ear);
}

const [taken, again, twoSignatures, newFields, otherBytes] = [
  'A letter is taken',
  'A letter that comes again, three times at once, is taken like the first',
  'A letter with two signatures, as while a secret changes, is taken if one is right',
  'Fields that you do not know are no fault',
  'The signature is verified over the bytes as they came',
];
const [early, late] = [
  'A cancellation that comes before its order is taken',
  'An order that comes after its cancellation is taken',
];
const forged = {
  secret: 'A letter signed with another secret is refused',
  unsigned: 'A letter without a signature is refused',
  old: 'A letter signed ten minutes ago is refused',
  ahead: 'A letter signed in ten minutes is refused',
  changed: 'A letter that was changed after it was signed is refused',
};
const [said, signed, formed, repeated, same, given, refused, once, adds] = [
  'You say something of each order',
  'What you say is signed',
  'What you say is well-formed',
  'What was answered 503 is said again, under the same id',
  'What is said again says the same',
  'You speak of orders and lines that you were given',
  'A letter that was refused is not worked on',
  'An order that came four times is answered once',
  'Quantities add up, with what was cancelled before its order came',
];

describe('the check of a partner', () => {
  it('finds nothing against a good one', async () => {
    const report = await check([]);
    expect(brokenIn(report)).toEqual([]);
    expect(isKept(report)).toBe(true);
    expect(written(report)).toMatch(/\b24 kept, 0 broken, 0 not tried\.$/);
  });

  it('tries nothing of what is said where nobody listens, and says how to', async () => {
    const report = await check([], { isHeard: false });
    expect(isKept(report)).toBe(true);
    expect(written(report)).toMatch(/\b15 kept, 0 broken, 9 not tried\.$/);
    expect(written(report)).toContain('--callbacks-to');
  });

  it.each<[Flaw, readonly (string | undefined)[]]>([
    ['refuses a test', ['A test letter is taken']],
    ['declines everything', [taken, again, twoSignatures, newFields, otherBytes, late]],
    ['refuses repetitions', [again]],
    ['refuses reminders', ['A reminder is taken']],
    ['refuses cancellations', ['A cancellation is taken', early]],
    ['wants an order first', [early]],
    ['refuses new fields', [newFields]],
    ['verifies JSON written again', [otherBytes]],
    ['reads the first signature alone', [twoSignatures]],
    ['verifies nothing', Object.values(forged)],
    ['takes any time', [twoSignatures, forged.old, forged.ahead]],
    ['fails at wrong signatures', Object.values(forged)],
  ])('finds one that %s by its answers', async (flaw, rules) => {
    expect(brokenIn(await check([flaw], { isHeard: false }))).toEqual(rules);
  });

  it.each<[Flaw, readonly (string | undefined)[]]>([
    ['says nothing', [said]],
    ['signs with another secret', [said, signed]],
    ['signs once for all attempts, long ago', [said, signed]],
    ['invents a field', [said, formed]],
    ['has another id in the body', [formed]],
    ['gives up at 503', [repeated]],
    ['makes an id for each attempt', [repeated, once, adds]],
    ['says something else the second time', [same]],
    ['names a line of its own', [given]],
    ['speaks of orders of its own', [said, given]],
    ['works before it verifies', [refused]],
    ['works on repetitions', [once, adds]],
    ['sends too much', [adds]],
    ['forgets early cancellations', [adds]],
    ['has more back than it sent', [adds]],
  ])('finds one that %s by what it says', async (flaw, rules) => {
    const report = await check([flaw]);
    expect(report.letters.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
    expect(brokenIn(report)).toEqual(rules);
  });

  it('finds one that answers after long, and tries nothing more', async () => {
    const report = await check(['answers after long'], { isHeard: false });
    expect(brokenIn(report)).toEqual(['A test letter is taken']);
    expect(written(report)).toContain('There was no answer within 1 s.');
    expect(written(report)).toMatch(/\b0 kept, 1 broken, 23 not tried\.$/);
  });

  it('writes what it saw and what to do under a broken rule', async () => {
    const text = written(await check(['refuses repetitions'], { isHeard: false }));
    expect(text).toMatch(/✗ A letter that comes again.*\n {6}It was answered 409 in \d+ ms\.\n/);
    expect(text).toContain('      Answer 2xx to an id that you have: docs/partners.md#ids-and-');
  });
});
