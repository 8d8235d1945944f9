import { change, dropTokens, type Draft } from '../deciding/draft';
import { sum, written } from '../money';
import { refusal, type RefusalCode } from '../refusals';
import { settleGrant } from '../returns/refunding';
import { agreed, type Movement, type PartOutcome } from '../state';

/** Why a movement did not take place. */
export interface Failure {
  readonly code: RefusalCode;
  /** The gateway's own code. */
  readonly declineCode: string;
  readonly message: string;
}

/**
 * What is still asked for after a "no". Of a command's captures nothing else; its refunds to other cards and
 * its voids of them are money of their own and go on. No units count any more where their money came short.
 */
function afterRefusal(rest: readonly Movement[], refused: Movement): Movement[] {
  const { command, kind, cause, chain, grant } = refused;
  const goesOn = ({ command: of, chain: link, kind: one }: Movement) => {
    if (link !== undefined && link === chain) return false;
    if (command === undefined || of !== command) return true;
    return one === 'void' || (one === 'refund' && grant === undefined);
  };
  return rest.filter(goesOn).map((other) => {
    if (other.cause !== cause || other.kind !== kind) return other;
    const { lines: _lines, charges: _charges, ...money } = other;
    return money;
  });
}

/** Each part with what became of it, in words. */
function partsInWords(parts: readonly PartOutcome[], currency: string): string {
  return parts
    .map(({ payment, amount, outcome, why }) => {
      const said = `${written(amount, currency)} on ${payment}`;
      return outcome === 'moved' ? `${said} went through` : `${said} did not: ${why}`;
    })
    .join('; ');
}

/** What the sender of a command is told, once all its parts are in: all of it, or which of them did not move. */
function verdictOf(
  draft: Draft,
  movement: Movement,
  parts: readonly PartOutcome[],
  last?: Failure,
) {
  const { kind, key } = movement;
  const { number: order, currency } = agreed(draft.context);
  const failed = parts.filter(({ outcome }) => outcome === 'failed');
  const [first] = failed;
  if (!first) return undefined;
  const moved = sum(parts.filter(({ outcome }) => outcome === 'moved').map(({ amount }) => amount));
  const { payment, amount, why } = first;
  const inWords = (minor: number) => written(minor, currency);
  // How a connection failed helps no sender; the timeline has it.
  const one =
    last?.code === 'gateway-unavailable'
      ? `the gateway of ${payment} cannot be reached to ${kind} ${inWords(amount)}. Nothing was sent for it: send it again as a new command.`
      : `the gateway did not ${kind} ${inWords(amount)} on ${payment}: ${why}`;
  const before = moved > 0 ? ` Before that ${inWords(moved)} of it went through.` : '';
  const isLast = failed.length === 1 && parts.at(-1) === first;
  const detail = isLast ? `${one}${before}` : `${kind} in parts: ${partsInWords(parts, currency)}.`;
  const figures = { order, kind, payment, amount, currency, key, moved, parts };
  return refusal('gateway', {
    code: last?.code ?? 'payment-declined',
    detail: `Order ${order}: ${detail}`,
    figures: { ...figures, ...(last && { declineCode: last.declineCode }) },
  });
}

/** Takes the answered movement off the queue and reports what became of its command, once all its parts are in. */
export function finish(draft: Draft, movement: Movement, result: number | Failure): void {
  const failure = typeof result === 'object' ? result : undefined;
  const { command, payment, amount } = movement;
  const part: PartOutcome = failure
    ? { payment, amount, outcome: 'failed', why: failure.message }
    : { payment, amount: result as number, outcome: 'moved' };
  const parts = [...(movement.parts ?? []), part];
  const rest = draft.context.movements.filter(({ key }) => key !== movement.key);
  const left = failure ? afterRefusal(rest, movement) : rest;
  const others = command === undefined ? [] : left.filter((other) => other.command === command);
  change(draft, {
    movements: left.map((other) => (others.includes(other) ? { ...other, parts } : other)),
  });
  dropTokens(draft);
  settleGrant(draft, movement, failure ? 'failed' : (result as number));
  if (!command || others.length > 0) return;
  const refused = verdictOf(draft, movement, parts, failure);
  draft.facts.push(
    refused
      ? { type: 'command', id: command, outcome: 'refused', refusal: refused }
      : { type: 'command', id: command, outcome: 'done' },
  );
}
