/** What PostgreSQL's jsonb refuses: the character NUL, and halves of a surrogate pair. */
const UNSTORABLE = /\\u(0000|d[89a-f])/;
const REPLACEMENT = '\ufffd';

/** JSON that PostgreSQL can store: a character that it cannot is replaced, so that no text wedges an order. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return UNSTORABLE.test(text) ? JSON.stringify(value, storable) : text;
}

function storable(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return cleaned(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [cleaned(name), inner] as const);
  return Object.fromEntries(entries);
}

function cleaned(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replace(/\p{Surrogate}/gu, REPLACEMENT);
}
