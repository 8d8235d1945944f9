import type { Knex } from 'knex';

/** What a list's address says after its question mark. */
export type Search = Readonly<Record<string, string | readonly string[]>>;

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The id of whoever saved it. */
  readonly owner: string;
  /** Whether everybody sees it. */
  readonly shared: boolean;
  readonly search: Search;
}

export type ViewTerms = Pick<SavedView, 'name' | 'shared' | 'search'>;

/** So that a page of them is always short. */
const MOST_SHOWN = 100;
const columns = ['id', 'name', 'owner', 'shared', 'search'] as const;

/** Somebody's own views and those that are shared, by name. */
export async function listViews(knex: Knex, owner: string): Promise<readonly SavedView[]> {
  return knex('saved_views')
    .where((mine) => void mine.where({ owner }).orWhere({ shared: true }))
    .orderByRaw('lower(name), id')
    .limit(MOST_SHOWN)
    .select<SavedView[]>(...columns);
}

/** Saves a view; undefined when its owner has one of that name. */
export async function saveView(
  knex: Knex,
  owner: string,
  { name, shared, search }: ViewTerms,
): Promise<SavedView | undefined> {
  const row = { owner, name, shared, search: JSON.stringify(search) };
  const [saved] = await knex('saved_views')
    .insert(row)
    .onConflict(knex.raw('(owner, lower(name))'))
    .ignore()
    .returning<SavedView[]>([...columns]);
  return saved;
}

/** Changes somebody's own view; undefined when they have none of that id, `taken` when another has the name. */
export async function changeView(
  knex: Knex,
  { id, owner }: Pick<SavedView, 'id' | 'owner'>,
  { name, shared, search }: ViewTerms,
): Promise<SavedView | 'taken' | undefined> {
  const mine = await knex('saved_views')
    .where({ owner })
    .whereRaw('id::text = ?', [id])
    .first<{ id: string } | undefined>('id');
  if (!mine) return undefined;
  const isTaken = await knex('saved_views')
    .where({ owner })
    .whereRaw('lower(name) = lower(?)', [name])
    .whereNot(mine)
    .first<{ id: string } | undefined>('id');
  if (isTaken) return 'taken';
  const [changed] = await knex('saved_views')
    .where(mine)
    .update({ name, shared, search: JSON.stringify(search) })
    .returning<SavedView[]>([...columns]);
  return changed;
}

/** Forgets somebody's own view; false when they have none of that id. */
export async function removeView(knex: Knex, { id, owner }: Pick<SavedView, 'id' | 'owner'>) {
  return (await knex('saved_views').where({ owner }).whereRaw('id::text = ?', [id]).delete()) > 0;
}
