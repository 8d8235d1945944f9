import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { count } from '../parts/format';
import { useAdjustStock } from '../stock/changes';
import { FormDialog } from '../parts/form-dialog';
import { LocationSelect } from '../stock/location-select';
import { unitsOf } from '../stock/units';
import { UnitsInput } from '../stock/units-input';

const words = {
  in: {
    title: 'Receive',
    label: 'Units that came in',
    note: 'Such as the number of the delivery note',
    submit: 'Add to stock',
    sign: 1,
    done: 'received',
  },
  out: {
    title: 'Write off',
    label: 'Units that are lost or damaged',
    note: 'Why they are lost',
    submit: 'Take off stock',
    sign: -1,
    done: 'written off',
  },
} as const;

/** Goods that came in, or are lost, without counting the shelf. */
export function Adjustment({
  record: { sku, locations },
  location: first,
  way,
  onClose,
}: {
  readonly record: Schemas['StockRecord'];
  readonly location: string;
  readonly way: keyof typeof words;
  readonly onClose: () => void;
}) {
  const { title, label, note: hint, submit, sign, done } = words[way];
  const [location, setLocation] = useState(first);
  const [typed, setTyped] = useState<string | number>('');
  const [note, setNote] = useState('');
  const units = unitsOf(typed);
  const shelf = locations.find((each) => each.location === location);
  const inStock = shelf?.inStock ?? 0;
  const adjust = useAdjustStock(sku, {
    says: `${sku}: ${count(units ?? 0, 'unit')} ${done}.`,
    onDone: onClose,
  });
  const change = (units ?? 0) * sign;
  const body = { quantity: change, location, ...(note.trim() && { note: note.trim() }) };
  return (
    <FormDialog
      title={`${title} ${sku}`}
      submit={submit}
      error={adjust.error}
      isSending={adjust.isPending}
      onSubmit={change === 0 ? undefined : () => adjust.mutate(body)}
      onClose={onClose}
    >
      <LocationSelect value={location} onChange={setLocation} />
      <UnitsInput label={label} value={typed} onChange={setTyped} />
      <Text role="status">
        In stock: {inStock.toLocaleString()}
        {change !== 0 && (
          <>
            {' → '}
            <strong>{(inStock + change).toLocaleString()}</strong>
          </>
        )}
      </Text>
      <TextInput
        label="Note for the ledger"
        placeholder={hint}
        maxLength={2000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
    </FormDialog>
  );
}
