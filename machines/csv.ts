/** A cell: text is somebody's words, an amount or a count is ours. */
export type Cell = string | number | boolean | null | { readonly amount: string };

/** One record (RFC 4180), with its end. */
export function record(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(typeof cell === 'object' ? cell.amount : cell);
  const text = harmless(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet takes text that begins like a formula for one; an apostrophe keeps it text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}
