import { api } from '../client/client';

/** The API prints so many at once. */
export const MOST_SLIPS = 100;

/** Opens the picking slips of orders to be printed, and writes down on each that it was. */
export async function printPickingSlips(numbers: readonly string[]): Promise<void> {
  const asked = new URLSearchParams({ numbers: numbers.join(','), format: 'html' });
  window.open(`/v1/picking-slips?${asked.toString()}`, '_blank', 'noopener');
  await api.POST('/v1/batches', {
    body: { numbers: [...numbers], command: { type: 'record-print', document: 'picking-slip' } },
  });
}
