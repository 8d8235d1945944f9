import { useLocalStorage } from '@mantine/hooks';
import { useEffect } from 'react';

const MOST = 6;

const settings = { key: 'conveyor-recent-orders', defaultValue: [] as readonly string[] };

/** Numbers of the orders that were looked at last in this browser, the newest first. */
export function useRecentOrders(): readonly string[] {
  return useLocalStorage(settings)[0];
}

/** The order whose page an address is, if it is one. */
export function orderOf(path: string): string | undefined {
  const found = /^\/orders\/([^/]+)$/.exec(path)?.[1];
  return found && decodeURIComponent(found);
}

/** Remembers the order that is looked at. */
export function useRememberedOrder(path: string): void {
  const [, setNumbers] = useLocalStorage(settings);
  const number = orderOf(path);
  useEffect(() => {
    if (number === undefined) return;
    setNumbers((numbers) => [number, ...numbers.filter((each) => each !== number)].slice(0, MOST));
  }, [number, setNumbers]);
}
