import type { Repaired } from '../../activities/reconciling/repairing';
import type { Difference } from '../../machines/reconciling/difference';

/** How a reconciliation tells what it finds and does. */
export interface Writer {
  difference(difference: Difference): void;
  repaired(repaired: Repaired): void;
  unreached(why: string): void;
  end(counts: {
    readonly orders: number;
    readonly found: number;
    readonly mended: number;
    readonly unreached: number;
  }): void;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
const print = (line: string) => void process.stdout.write(`${line}\n`);

/** For people a few lines each, for programs a line of JSON. */
export function createWriter(asJson: boolean): Writer {
  return asJson ? jsonWriter : textWriter;
}

const jsonWriter: Writer = {
  difference: (difference) => print(JSON.stringify({ difference })),
  repaired: (repaired) => print(JSON.stringify({ repaired })),
  unreached: (why) => print(JSON.stringify({ unreached: why })),
  end: (counts) => print(JSON.stringify({ counts })),
};

const textWriter: Writer = {
  difference({ id, says, repair }) {
    const who = repair.by === 'people' ? 'For people' : 'Repair';
    print(`${id}\n  ${says}\n  ${who}: ${repair.says}`);
  },
  repaired({ id, outcome, why }) {
    print(`${id}: ${outcome === 'left' ? 'left to people' : outcome}${why ? `. ${why}` : ''}`);
  },
  unreached: (why) => print(why),
  end({ orders, found, mended, unreached }) {
    const mending = mended > 0 ? `, ${mended} of them mended` : '';
    const differs = found === 0 ? 'Nothing differs' : counted(found, 'difference');
    const silent = unreached > 0 ? `; ${counted(unreached, 'time')} a gateway did not answer` : '';
    print(`${differs} in ${counted(orders, 'order')}${mending}${silent}.`);
  },
};
