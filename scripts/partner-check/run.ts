import { setTimeout as sleep } from 'node:timers/promises';
import type { Evidence, Finding, Posted } from './evidence';
import { judgeLetters } from './judging-letters';
import { isAllSaid, judgeMessages } from './judging-messages';
import { postingsTo } from './letters';
import type { Ear } from './listening';
import { post, type Addressee } from './posting';

export interface Check extends Addressee {
  /** The partner's code, as the letters say it. */
  readonly partner: string;
  /** What is ordered. */
  readonly skus: readonly string[];
  /** How long the partner is listened to. */
  readonly patienceMs: number;
}

export interface Report {
  readonly letters: readonly Finding[];
  readonly messages: readonly Finding[];
}

/** How long it has to be quiet after the last message that is waited for: repetitions come late. */
const QUIET_MS = 1_500;
const LOOK_MS = 100;

/** Waits until everything is said and it has been quiet for a while, or patience is over. */
async function hear(posted: readonly Posted[], { heard }: Ear, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  let count = heard.length;
  let quietSince = Date.now();
  while (Date.now() < end) {
    if (heard.length !== count) quietSince = Date.now();
    count = heard.length;
    if (Date.now() - quietSince >= QUIET_MS && isAllSaid({ posted, heard })) return;
    await sleep(LOOK_MS);
  }
}

/** Whether the first letter found nobody: there is no use in trying the others. */
function isAway([first]: readonly Posted[]): boolean {
  return first?.answers.every((answer) => 'failed' in answer) ?? false;
}

/** Posts letters to a partner's service, listens to what it says where there is an ear, and judges both. */
export async function checkPartner(check: Check, ear?: Ear): Promise<Report> {
  const { partner, skus, patienceMs } = check;
  const posted: Posted[] = [];
  for (const posting of postingsTo(partner, skus)) {
    posted.push(await post(check, posting));
    if (isAway(posted)) break;
  }
  if (ear && !isAway(posted)) await hear(posted, ear, patienceMs);
  const evidence: Evidence = { posted, ...(ear && { heard: ear.heard }) };
  return { letters: judgeLetters(posted), messages: judgeMessages(evidence) };
}

/** Whether no rule is broken. */
export function isKept({ letters, messages }: Report): boolean {
  return [...letters, ...messages].every(({ verdict }) => verdict !== 'broken');
}
