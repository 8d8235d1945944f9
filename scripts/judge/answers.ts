import type { Life, Lived, Step, Told } from '../lives/life';

const inWords = ({ outcome, code }: Told) =>
  code === undefined ? outcome : `${outcome} (${code})`;

function isRefusedAs(told: Told, { refusedAs }: Step): boolean {
  return told.outcome === 'refused' && refusedAs.includes(told.code ?? '');
}

/** What a step's callers may have been told, in words; undefined when they were. */
function stepFault(step: Step, told: readonly Told[]): string | undefined {
  const done = told.filter(({ outcome }) => outcome === 'done').length;
  const refused = told.filter((each) => isRefusedAs(each, step)).length;
  const wanted =
    step.callers === 'rivals'
      ? [1, 1]
      : step.refusedAs.length > 0
        ? [0, told.length]
        : [told.length, 0];
  if (done === wanted[0] && refused === wanted[1]) return undefined;
  const came = told.map(inWords).join(' and ');
  return `${step.key} (${String(step.command.type)}, ${step.callers}) was ${came}`;
}

/** Every command had a final answer, and the one that its life foresees. */
export function judgeAnswers(life: Life, lived: Lived | undefined): string[] {
  if (!lived) return ['nobody lived it'];
  if (lived.hangs !== undefined) return [`it hangs: ${lived.hangs}`];
  const { placing } = lived;
  const wanted = life.ending ? 'done' : 'refused (payment-declined)';
  const came = placing && inWords(placing);
  if (came !== wanted) return [`placing was ${came}, not ${wanted}`];
  return life.steps.flatMap((step, index) => stepFault(step, lived.told[index] ?? []) ?? []);
}
