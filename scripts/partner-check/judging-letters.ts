import { genuine, isTaken, type Answer, type Finding, type Posted } from './evidence';

interface Rule {
  /** The name of the posting that shows it. */
  readonly by: string;
  readonly rule: string;
  readonly advice: string;
}

const verifying =
  'Verify the three headers over the raw body before you read it, and answer 401: docs/partners.md#signatures.';

const rules: readonly Rule[] = [
  {
    by: 'test',
    rule: 'A test letter is taken',
    advice: 'Answer 2xx and do nothing: docs/partners.md#a-test.',
  },
  {
    by: 'order',
    rule: 'A letter is taken',
    advice: 'Store it, then answer 2xx: docs/partners.md#what-you-answer.',
  },
  {
    by: 'again',
    rule: 'A letter that comes again, three times at once, is taken like the first',
    advice: 'Answer 2xx to an id that you have: docs/partners.md#ids-and-repetitions.',
  },
  {
    by: 'two signatures',
    rule: 'A letter with two signatures, as while a secret changes, is taken if one is right',
    advice:
      'The header has one or more signatures with spaces between: docs/partners.md#signatures.',
  },
  {
    by: 'new fields',
    rule: 'Fields that you do not know are no fault',
    advice: 'Ignore what you do not know; fields are added: docs/partners.md#versions.',
  },
  {
    by: 'other bytes',
    rule: 'The signature is verified over the bytes as they came',
    advice:
      'Verify the raw body, not JSON that was read and written again: docs/partners.md#signatures.',
  },
  {
    by: 'reminder',
    rule: 'A reminder is taken',
    advice: 'Answer 2xx to every type of letter: docs/partners.md#a-reminder.',
  },
  {
    by: 'cancellation',
    rule: 'A cancellation is taken',
    advice: 'Answer 2xx, also where the units have left: docs/partners.md#a-cancellation.',
  },
  {
    by: 'early cancellation',
    rule: 'A cancellation that comes before its order is taken',
    advice: 'Keep it until its order comes: docs/partners.md#order-of-arrival.',
  },
  {
    by: 'late order',
    rule: 'An order that comes after its cancellation is taken',
    advice: 'Take it, without what was cancelled: docs/partners.md#order-of-arrival.',
  },
  {
    by: 'with another secret',
    rule: 'A letter signed with another secret is refused',
    advice: verifying,
  },
  { by: 'not at all', rule: 'A letter without a signature is refused', advice: verifying },
  {
    by: 'long ago',
    rule: 'A letter signed ten minutes ago is refused',
    advice: 'Refuse a webhook-timestamp five minutes off: docs/partners.md#signatures.',
  },
  {
    by: 'in the future',
    rule: 'A letter signed in ten minutes is refused',
    advice: 'Refuse a webhook-timestamp five minutes off: docs/partners.md#signatures.',
  },
  {
    by: 'before it was changed',
    rule: 'A letter that was changed after it was signed is refused',
    advice: verifying,
  },
];

const saying = (answer: Answer) =>
  'failed' in answer ? answer.failed : `It was answered ${answer.status} in ${answer.tookMs} ms.`;

const isRefused = (answer: Answer) =>
  'status' in answer && answer.status >= 400 && answer.status < 500;

/** What Conveyor takes for a partner's no to the units themselves. */
const isDeclined = (answer: Answer) =>
  'status' in answer && [409, 410, 422].includes(answer.status);

function sawOf({ letter, answers, signing }: Posted): string[] {
  const declined = letter.type === 'order' && genuine.includes(signing) && answers.some(isDeclined);
  const why = 'That is a no to the order: name SKUs that are on your shelf with --sku.';
  return [...new Set(answers.map(saying)), ...(declined ? [why] : [])];
}

/** What the answers to letters say about a partner's service. */
export function judgeLetters(posted: readonly Posted[]): readonly Finding[] {
  return rules.map(({ by, rule, advice }) => {
    const posting = posted.find(({ name }) => name === by);
    if (!posting) return { rule, verdict: 'not tried', saw: [], advice };
    const isRight = genuine.includes(posting.signing) ? isTaken : isRefused;
    const verdict = posting.answers.every(isRight) ? 'kept' : 'broken';
    return { rule, verdict, saw: sawOf(posting), advice };
  });
}
