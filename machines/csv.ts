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

/** A field in quotes, where two stand for one, or up to what ends it. */
const fields = {
  ',': /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y,
  ';': /(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n|\r|\n|$)/y,
};

/** A text without what {@link record} writes before it. */
function unguarded(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '');
}

/**
 * The records of a CSV text, its fields parted by commas, or by semicolons as spreadsheets of some countries
 * write them; the line from which on it is none, where it is none.
 */
export function records(
  text: string,
): { readonly records: readonly (readonly string[])[] } | { readonly brokenAt: number } {
  const [heading = ''] = text.split(/[\r\n]/, 1);
  const separator = heading.split(';').length > heading.split(',').length ? ';' : ',';
  const field = fields[separator];
  const found: string[][] = [];
  let open: string[] = [];
  field.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (field.lastIndex < text.length || open.length > 0) {
    const at = field.lastIndex;
    const [, quoted, plain = '', end] = field.exec(text) ?? [];
    if (end === undefined) return { brokenAt: text.slice(0, at).split(/\r\n|\r|\n/).length };
    open.push(unguarded(quoted?.replaceAll('""', '"') ?? plain));
    if (end === separator) continue;
    if (open.some((cell) => cell !== '')) found.push(open);
    open = [];
  }
  return { records: found };
}
