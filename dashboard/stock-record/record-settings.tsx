import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { useSetStock } from '../stock/changes';
import { FormDialog } from '../parts/form-dialog';
import { unitsOf } from '../stock/units';

/** From when a record is low, and whether orders may wait for what is not there. */
export function RecordSettings({
  sku,
  shelf: { location, name, lowStockThreshold, backorders: allowed },
  onClose,
}: {
  readonly sku: string;
  readonly shelf: Schemas['LocationStock'];
  readonly onClose: () => void;
}) {
  const [typed, setTyped] = useState(lowStockThreshold?.toString() ?? '');
  const [backorders, setBackorders] = useState(allowed);
  const threshold = typed.trim() === '' ? null : unitsOf(typed);
  const save = useSetStock(sku, { says: `${sku}: saved.`, onDone: onClose });
  return (
    <FormDialog
      title={`${sku} at ${name}`}
      submit="Save"
      error={save.error}
      isSending={save.isPending}
      onSubmit={
        threshold === undefined
          ? undefined
          : () => save.mutate({ location, lowStockThreshold: threshold, backorders })
      }
      onClose={onClose}
    >
      <TextInput
        label="Low at"
        description="You are alerted when net stock falls to it. Leave it empty for no alerts."
        inputMode="numeric"
        size="md"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        error={threshold === undefined && 'Write a whole number.'}
        data-autofocus
      />
      <Switch
        label="Backorders"
        description="Orders may wait for units that are not there."
        size="md"
        checked={backorders}
        onChange={({ currentTarget }) => setBackorders(currentTarget.checked)}
      />
    </FormDialog>
  );
}
