/** What an address says after its question mark: texts, or lists of them. A list page hands it to the API as it is. */
export type Search = Readonly<Record<string, string | readonly string[]>>;

const asText = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [String(value)]
    : [];

/** Reads any search; what is neither text nor a list of texts is left out. */
export function readSearch(found: Readonly<Record<string, unknown>>): Search {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]): [string, string | string[]][] => {
      if (Array.isArray(value)) return [[name, value.flatMap(asText)]];
      const [text] = asText(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** `to`: where somebody wanted to go before they were asked who they are. */
export function signInSearch({ to }: Readonly<Record<string, unknown>>): { to?: string } {
  // Only addresses of this dashboard: two slashes would lead to another site.
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {};
}

/** `at`: the event after which the order is shown. */
export function orderSearch({ at }: Readonly<Record<string, unknown>>): { at?: number } {
  const seq = Number(at);
  return Number.isInteger(seq) && seq > 0 ? { at: seq } : {};
}

export function tabSearch({ tab }: Readonly<Record<string, unknown>>): { tab?: string } {
  return typeof tab === 'string' ? { tab } : {};
}

/** One text of an address; of a list, its first. */
export function textIn(search: Search, name: string): string | undefined {
  const found = search[name];
  return typeof found === 'string' ? found : found?.[0];
}
