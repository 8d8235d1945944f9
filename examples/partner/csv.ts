/** A field in quotes, where two stand for one, or up to the next comma; and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|$)/y;

/** The records of a CSV file (RFC 4180), each by the names in its heading. */
export function readCsv(text: string): Record<string, string>[] {
  const records: string[][] = [];
  let record: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const [, quoted, plain = '', end] = FIELD.exec(text) ?? [];
    if (end === undefined) throw new Error(`No CSV from character ${FIELD.lastIndex} on.`);
    record.push(withoutGuard(quoted?.replaceAll('""', '"') ?? plain));
    if (end === ',' && FIELD.lastIndex < text.length) continue;
    records.push(record);
    record = [];
  }
  const [heading = [], ...rows] = records;
  return rows.map((cells) =>
    Object.fromEntries(heading.map((name, at) => [name, cells[at] ?? ''])),
  );
}

/** The shop writes an apostrophe before what a spreadsheet would take for a formula. */
function withoutGuard(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '');
}
