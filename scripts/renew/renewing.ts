import { call, type System } from '../demo/system';

/** Which orders are to move to the shop's present table. */
export type Chosen =
  | { readonly numbers: readonly string[] }
  | { readonly status: string }
  /** Every order that has not come to an end. */
  | { readonly all: true };

/** Words that are called otherwise now: `{ "statuses": { "old": "new" } }` and its like. */
export type NewWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Report {
  /** Moved; in a preview, those that could be. */
  readonly moved: readonly string[];
  /** On the present table already. */
  readonly there: readonly string[];
  readonly refused: readonly { readonly number: string; readonly why: string }[];
}

const AT_ONCE = 10;

async function* numbersOf(system: System, chosen: Chosen): AsyncGenerator<string> {
  if ('numbers' in chosen) return yield* chosen.numbers;
  const status = 'status' in chosen ? `&status=${encodeURIComponent(chosen.status)}` : '';
  let cursor = '';
  for (;;) {
    const { body } = await call(system, 'GET', `/v1/orders?limit=100${status}${cursor}`);
    const { orders = [], next } = body as { orders?: { number: string }[]; next?: string };
    yield* orders.map(({ number }) => number);
    if (!next) return;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}

type Verdict = 'moved' | 'there' | 'ended' | { readonly why: string };

async function renewOne(
  system: System,
  number: string,
  words: NewWords,
  { isPreview, openOnly }: { readonly isPreview: boolean; readonly openOnly: boolean },
): Promise<Verdict> {
  const address = `/v1/orders/${encodeURIComponent(number)}`;
  if (openOnly) {
    const { body } = await call(system, 'GET', address);
    if ((body.availableStatuses as string[] | undefined)?.length === 0) return 'ended';
  }
  const command = { type: 'renew', ...words };
  const commands = `${address}/commands`;
  const foreseen = await call(system, 'POST', `${commands}?preview=true`, command);
  if (foreseen.status !== 200) return { why: String(foreseen.body.detail) };
  if (foreseen.body.outcome === 'unchanged') return 'there';
  if (isPreview) return 'moved';
  const { status, body } = await call(system, 'POST', commands, command);
  return status < 300 ? 'moved' : { why: String(body.detail) };
}

/** Moves the chosen orders to the shop's present table, or says which could be; one that cannot stays as it is. */
export async function renewAll(
  system: System,
  chosen: Chosen,
  words: NewWords,
  isPreview: boolean,
): Promise<Report> {
  const moved: string[] = [];
  const there: string[] = [];
  const refused: { number: string; why: string }[] = [];
  const numbers = numbersOf(system, chosen);
  const hand = async () => {
    for (let next = await numbers.next(); !next.done; next = await numbers.next()) {
      const number = next.value;
      const verdict = await renewOne(system, number, words, {
        isPreview,
        openOnly: 'all' in chosen,
      });
      if (verdict === 'moved') moved.push(number);
      else if (verdict === 'there') there.push(number);
      else if (verdict !== 'ended') refused.push({ number, why: verdict.why });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return { moved, there, refused };
}
