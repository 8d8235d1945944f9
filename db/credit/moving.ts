import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';

export type CreditKind = 'grant' | 'authorise' | 'capture' | 'refund' | 'void';

/** A movement of store credit that somebody asks for. */
export interface CreditRequest {
  readonly key: string;
  readonly kind: CreditKind;
  /** The request in full, by which another one under the same key is told. */
  readonly asked: string;
  /** What it is about: an account, or what was held or captured on one for this order. */
  readonly on: { readonly account: string } | { readonly reference: string };
  /** Of everything but a grant. */
  readonly order?: string;
  readonly payment?: string;
  /** Of a grant. */
  readonly reason?: string;
  readonly actor?: string;
}

/** What a request is about as it stands, locked until the request is decided. */
export interface FoundCredit {
  readonly currency: string;
  readonly available: number;
  /** Of an authorisation. */
  readonly hold?: {
    readonly held: number;
    readonly captured: number;
    readonly refunded: number;
  };
}

/** `rest`: what is let go of the hold besides. */
export type CreditVerdict =
  | { readonly moves: number; readonly rest?: number }
  | { readonly declines: { readonly code: string; readonly message: string } };

/** What was decided under a key, for good. */
export type CreditDecision =
  | { readonly outcome: 'moved'; readonly reference: string; readonly amount: number }
  | { readonly outcome: 'declined'; readonly code: string; readonly message: string };

/** `other`: the key belongs to another request; nothing was done. */
export type CreditOutcome = CreditDecision | { readonly outcome: 'other' };

const SIDES: Readonly<Record<CreditKind | 'rest', readonly [from: string, to: string]>> = {
  grant: ['shop', 'available'],
  authorise: ['available', 'held'],
  capture: ['held', 'spent'],
  refund: ['spent', 'available'],
  void: ['held', 'available'],
  rest: ['held', 'available'],
};

interface Place {
  readonly account: string;
  readonly authorisation?: string;
}

/** Decides on a request once for its key and writes what follows, in one transaction; `decide` gets undefined for what is not there. */
export async function moveCredit(
  knex: Knex,
  request: CreditRequest,
  decide: (found: FoundCredit | undefined) => CreditVerdict,
): Promise<CreditOutcome> {
  return knex.transaction(async (trx) => {
    const { key, asked } = request;
    if (await claim(trx, request)) await decideFirst(trx, request, decide);
    return (await decisionOf(trx, { key, asked })) ?? { outcome: 'other' };
  });
}

/** Takes a key; false when it was decided on before. Waits for whoever is deciding on it at the moment. */
async function claim(
  trx: Knex.Transaction,
  { key, asked, kind, order }: Omit<CreditRequest, 'on'>,
): Promise<boolean> {
  const claimed = await trx('credit_requests')
    .insert({ key, asked, kind, order_number: order })
    .onConflict('key')
    .ignore()
    .returning<{ key: string }[]>('key');
  return claimed.length > 0;
}

/** What was decided under a key on a movement of this kind for this order; undefined when nothing was, for certain. */
export async function creditDecision(
  knex: Knex,
  which: { readonly key: string; readonly kind: CreditKind; readonly order: string },
): Promise<CreditDecision | undefined> {
  const { key, kind, order } = which;
  const trx = await knex.transaction();
  try {
    // Taken only to wait for a request that is under way, and given back.
    if (await claim(trx, { ...which, asked: '' })) return undefined;
    return await decisionOf(trx, { key, kind, order_number: order });
  } finally {
    await trx.rollback();
  }
}

async function decideFirst(
  trx: Knex.Transaction,
  request: CreditRequest,
  decide: (found: FoundCredit | undefined) => CreditVerdict,
): Promise<void> {
  const place = await placeOf(trx, request);
  const verdict = decide(place && (await lock(trx, place)));
  if ('declines' in verdict) {
    await trx('credit_requests').where({ key: request.key }).update(verdict.declines);
    return;
  }
  if (!place)
    throw new Error(`${request.key}: credit cannot move on an account that is not there.`);
  const { key, kind, order, payment, reason, actor } = request;
  const reference = `credit_${randomUUID().replaceAll('-', '')}`;
  const authorisation = kind === 'authorise' ? reference : place.authorisation;
  const common = { account: place.account, authorisation, order_number: order, payment };
  const row = (what: CreditKind | 'rest', amount: number) => {
    const [from, to] = SIDES[what];
    return { ...common, kind: what, taken_from: from, given_to: to, amount };
  };
  await trx('credit_ledger').insert({
    ...row(kind, verdict.moves),
    ...{ key, reference, reason, actor },
  });
  if (verdict.rest === undefined || verdict.rest === 0) return;
  await trx('credit_ledger').insert({
    ...row('rest', verdict.rest),
    reference: `${reference}_rest`,
  });
}

/** The account, and the authorisation it is on: neither ever changes, so nothing is locked yet. */
async function placeOf(
  trx: Knex.Transaction,
  { on, order }: CreditRequest,
): Promise<Place | undefined> {
  if ('account' in on) return { account: on.account };
  return trx('credit_ledger')
    .where({ reference: on.reference, order_number: order })
    .whereIn('kind', ['authorise', 'capture'])
    .first<Place | undefined>('account', 'authorisation');
}

/** Takes the account until the end of the transaction, and reads its figures after that. */
async function lock(
  trx: Knex.Transaction,
  { account, authorisation }: Place,
): Promise<FoundCredit | undefined> {
  const found = await trx('credit_accounts')
    .where({ code: account })
    .forNoKeyUpdate()
    .first<{ currency: string } | undefined>('currency');
  if (!found) return undefined;
  const balances = await trx.raw<{ rows: { available: number }[] }>(
    `select available from credit_balance(?)`,
    [account],
  );
  const available = balances.rows[0]?.available ?? 0;
  if (authorisation === undefined) return { ...found, available };
  const holds = await trx.raw<{ rows: NonNullable<FoundCredit['hold']>[] }>(
    `select held, captured, refunded from credit_hold(?)`,
    [authorisation],
  );
  return { ...found, available, hold: holds.rows[0] };
}

interface DecisionRow {
  readonly code: string | null;
  readonly message: string | null;
  readonly reference: string | null;
  readonly amount: number | null;
}

async function decisionOf(
  knex: Knex,
  which: Readonly<Record<string, string>>,
): Promise<CreditDecision | undefined> {
  const named = Object.entries(which).map(([column, value]) => [`r.${column}`, value] as const);
  const row = await knex('credit_requests as r')
    .leftJoin('credit_ledger as l', 'l.key', 'r.key')
    .where(Object.fromEntries<string>(named))
    .first<DecisionRow | undefined>('r.code', 'r.message', 'l.reference', 'l.amount');
  if (!row) return undefined;
  const { code, message, reference, amount } = row;
  if (reference !== null && amount !== null) return { outcome: 'moved', reference, amount };
  return { outcome: 'declined', code: code ?? '', message: message ?? '' };
}
