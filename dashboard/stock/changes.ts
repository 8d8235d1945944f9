import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { useIntent } from '../client/intent';
import { stockKey } from './queries';

interface Done {
  /** What is said when it is done. */
  readonly says: string;
  readonly onDone: () => void;
}

/** Sends a change of stock; everything that is shown of stock is then asked for anew. */
function useChange<Input>(send: (input: Input) => Promise<unknown>, { says, onDone }: Done) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: stockKey() });
      notifications.show({ message: says, color: 'green' });
      onDone();
    },
  });
}

/** Sets what was counted, or what of a record is decided by people. */
export function useSetStock(sku: string, done: Done) {
  return useChange(
    async (body: Schemas['Stocktake']) =>
      dataOf(await api.PUT('/v1/stock/{sku}', { params: { path: { sku } }, body })),
    done,
  );
}

/** Adds goods that came in, or takes off those that are lost; once, however often it is sent. */
export function useAdjustStock(sku: string, done: Done) {
  const intent = useIntent();
  return useChange(async (body: Schemas['StockAdjustment']) => {
    const params = { path: { sku }, header: intent({ sku, body }) };
    return dataOf(await api.POST('/v1/stock/{sku}/adjustments', { params, body }));
  }, done);
}

/** Ends the record at one location, or all records of the SKU. */
export function useRemoveStock(sku: string, done: Done) {
  return useChange(async (location: string | undefined) => {
    await api.DELETE('/v1/stock/{sku}', { params: { path: { sku }, query: { location } } });
  }, done);
}

/** Makes a location, or renames and reorders it. */
export function usePutLocation(done: Done) {
  return useChange(
    async ({ code, ...body }: Schemas['StockLocation']) =>
      dataOf(await api.PUT('/v1/stock-locations/{code}', { params: { path: { code } }, body })),
    done,
  );
}
