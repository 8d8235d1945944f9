import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** Where a run is shown. */
export interface Screen {
  /** Rows that fit on it at once. */
  readonly rows: number;
  /** Whether it can be drawn on anew; else only news is written, a line each. */
  readonly isLive: boolean;
  /** Draws over what was drawn last. */
  draw(text: string): void;
  /** A line that stays, above what is drawn. */
  say(line: string): void;
}

/** A terminal is drawn on, anything else is written to. */
export function createScreen(out: WriteStream): Screen {
  let drawn = '';
  const wipe = () => {
    if (drawn === '') return;
    moveCursor(out, 0, -(drawn.split('\n').length - 1));
    out.write('\r');
    clearScreenDown(out);
    drawn = '';
  };
  return {
    isLive: out.isTTY,
    get rows() {
      return out.rows ?? 40;
    },
    draw(text) {
      if (!out.isTTY) return;
      wipe();
      // A line that the terminal breaks in two could not be wiped.
      const lines = text.split('\n').map((line) => line.slice(0, out.columns - 1));
      drawn = lines.join('\n');
      out.write(drawn);
    },
    say(line) {
      wipe();
      out.write(`${line}\n`);
    },
  };
}
