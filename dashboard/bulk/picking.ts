import { api } from '../client/client';
import type { useIntent } from '../client/intent';

/** The API prints so many at once. */
export const MOST_SLIPS = 100;

/** Opens the picking slips of orders, to be printed. */
export function openPickingSlips(numbers: readonly string[]): void {
  const asked = new URLSearchParams({ numbers: numbers.join(','), format: 'html' });
  window.open(`/v1/picking-slips?${asked.toString()}`, '_blank', 'noopener');
}

/** Opens the picking slips of orders to be printed, and writes down on each that it was. */
export async function printPickingSlips(
  numbers: readonly string[],
  intent: ReturnType<typeof useIntent>,
): Promise<void> {
  openPickingSlips(numbers);
  const body = {
    numbers: [...numbers],
    command: { type: 'record-print' as const, document: 'picking-slip' },
  };
  await api.POST('/v1/batches', { params: { header: intent(body) }, body });
}
