import { readSearch, type Search } from '../app/search';

const KEY = 'conveyor-orders-search';

/** Keeps what the list of orders shows, for whoever comes back to it in this tab. */
export function rememberSearch(search: Search): void {
  sessionStorage.setItem(KEY, JSON.stringify(search));
}

/** What the list of orders showed last in this tab. */
export function lastSearch(): Search {
  return readSearch(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, unknown>);
}
