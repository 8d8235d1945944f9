/** Rows by the order they are of. */
export function grouped<Row extends { readonly order: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.order) ?? [];
    group.push(row);
    groups.set(row.order, group);
  }
  return groups;
}
