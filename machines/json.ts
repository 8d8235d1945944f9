/** Two JSON values that say the same, in whatever order a database gave their fields back. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other;
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].every((field) =>
    isSameJson(Reflect.get(one, field) as unknown, Reflect.get(other, field) as unknown),
  );
}
