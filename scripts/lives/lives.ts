import { cards, type Card } from './cards';
import { diceOf, type Dice } from './dice';
import type { Callers, Life, Step } from './life';
import { placementOf } from './placements';
import { Telling } from './telling';

/** Rivals want all that is left, so that one of them comes too late. */
const tooLate = ['invalid-payment-event', 'invalid-shipping-event'] as const;
const tooMuch = ['invalid-payment-event', 'invalid-shipping-event', 'payment-declined'] as const;

function cardsOf(dice: Dice): readonly Card[] {
  const all = cards.flatMap((card) => Array.from({ length: card.weight }, () => card));
  const first = dice.pick(all);
  const second = dice.pick(all);
  // Such a card cannot pay part of what the order comes to be.
  const isTwo = dice.chance(20) && !first.inOneGo && !second.inOneGo;
  return isTwo ? [first, second] : [first];
}

function callersOf(dice: Dice, isAll: boolean): Callers {
  if (isAll && dice.chance(25)) return 'rivals';
  return dice.chance(25) ? 'twice' : 'one';
}

/** Whoever tells a life: what it is told with, and its two kinds of command. */
interface Teller {
  readonly dice: Dice;
  readonly telling: Telling;
  readonly inOneGo: boolean;
  readonly wholeOnly: boolean;
  /** A command that must be done; undefined is none. `isAll` where it wants all that is left. */
  readonly send: (command: Step['command'] | undefined, isAll?: boolean) => void;
  /** A command that wants too much, and must be refused. */
  readonly tooFar: (command: Step['command']) => void;
}

function tellerOf(dice: Dice, telling: Telling, chosen: readonly Card[]): Teller {
  return {
    dice,
    telling,
    inOneGo: chosen.some((card) => card.inOneGo),
    wholeOnly: chosen.some((card) => card.wholeOnly),
    send: (command, isAll = false) => {
      if (command) telling.step(command, callersOf(dice, isAll), isAll ? tooLate : []);
    },
    tooFar: (command) => telling.step(command, 'one', tooMuch, true),
  };
}

/** Whether the order is called off here, and with it its life. */
function isCalledOff({ dice, telling, send }: Teller): boolean {
  const isOff = dice.chance(10);
  if (isOff) send(telling.cancelAll());
  return isOff;
}

function tellPaying({ dice, telling, inOneGo, wholeOnly, send, tooFar }: Teller): void {
  if (!inOneGo && dice.chance(15)) send(telling.cancelSome(dice));
  if (wholeOnly && dice.chance(50)) tooFar(telling.captureTooLittle());
  if (dice.chance(10)) tooFar(telling.captureTooMuch());
  if (!inOneGo && dice.chance(50)) send(telling.capturePart(dice));
  send(telling.captureRest(), true);
}

function tellShipping({ dice, telling, send }: Teller): void {
  const parcel = dice.chance(50) ? telling.shipSome(dice) : undefined;
  send(parcel);
  if (parcel && dice.chance(40)) send(telling.cancelRest());
  send(telling.shipRest(), true);
}

function tellRefunds({ dice, telling, send, tooFar }: Teller): void {
  if (dice.chance(10)) tooFar(telling.refundTooMuch());
  if (dice.chance(60)) send(telling.refundPart(dice));
  if (dice.chance(20)) send(telling.refundPart(dice));
  if (dice.chance(15)) send(telling.refundRest(), true);
}

function tell(teller: Teller): void {
  if (isCalledOff(teller)) return;
  tellPaying(teller);
  if (isCalledOff(teller)) return;
  tellShipping(teller);
  tellRefunds(teller);
}

/** The life of one order: the same seed and index give the same, however many others there are. */
function lifeOf(seed: number, index: number): Life {
  const dice = diceOf(seed, `life ${index}`);
  const number = `torture-${seed}-${index + 1}`;
  const chosen = cardsOf(dice);
  const { placedAt: _, status: __, ...request } = placementOf(dice, number, chosen);
  const tokens = chosen.map(({ token }) => token);
  if (chosen.some(({ declines }) => declines)) return { number, tokens, request, steps: [] };
  const telling = new Telling(request);
  tell(tellerOf(dice, telling, chosen));
  return { number, tokens, request, steps: telling.steps, ending: telling.ending() };
}

/** So many lives of one seed. */
export function livesOf(seed: number, count: number): Life[] {
  return Array.from({ length: count }, (_, index) => lifeOf(seed, index));
}
