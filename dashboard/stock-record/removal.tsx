import { Text } from '@mantine/core';
import type { Schemas } from '../client/client';
import { useRemoveStock } from '../stock/changes';
import { FormDialog } from '../parts/form-dialog';

/** Asks before a record ends; a refusal says what still needs it. */
export function Removal({
  sku,
  shelf: { location, name, inStock },
  onClose,
  onRemoved,
}: {
  readonly sku: string;
  readonly shelf: Schemas['LocationStock'];
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const remove = useRemoveStock(sku, { says: `${sku} at ${name}: removed.`, onDone: onRemoved });
  return (
    <FormDialog
      title={`Remove ${sku} from ${name}?`}
      submit="Remove the record"
      isDangerous
      error={remove.error}
      isSending={remove.isPending}
      onSubmit={() => remove.mutate(location)}
      onClose={onClose}
    >
      <Text>
        {inStock > 0 && `The ${inStock.toLocaleString()} in stock there are not counted any more. `}
        Its ledger stays, and so do the lines of orders.
      </Text>
    </FormDialog>
  );
}
