import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What to write instead, for the faults whose schema has no sentence of its own. */
export function sentenceFor(issue: Issue): string | undefined {
  const isMissing = issue.input === undefined;
  const wanted = wish(issue);
  return wanted && `${isMissing ? 'It is missing: write' : 'Write'} ${wanted}.`;
}

function wish(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[isWhole(issue) ? 'int' : issue.expected] ?? `a ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'too_small':
      return sized(issue.origin, `from ${issue.minimum}`, `at least ${issue.minimum}`);
    case 'too_big':
      return sized(issue.origin, `up to ${issue.maximum}`, `at most ${issue.maximum}`);
    case 'invalid_format':
    case 'invalid_union':
      return 'it in the form that the description of the API gives';
    default:
      return undefined;
  }
}

/** The type of a whole number is first a number's, and tells only by its format what it is. */
function isWhole({ inst }: Issue): boolean {
  return (inst?._zod.def as { format?: string } | undefined)?.format === 'safeint';
}

/** Only whole numbers have limits of their size in this API. */
function sized(origin: string, numbers: string, others: string): string {
  if (origin === 'string') return `${others} ${others.endsWith(' 1') ? 'character' : 'characters'}`;
  if (origin === 'array') return `${others} of them`;
  return `a whole number ${numbers}`;
}
