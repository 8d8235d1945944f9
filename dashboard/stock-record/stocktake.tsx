import { Alert, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { count } from '../parts/format';
import { useSetStock } from '../stock/changes';
import { FormDialog } from '../parts/form-dialog';
import { LocationSelect } from '../stock/location-select';
import { signed, unitsOf } from '../stock/units';
import { UnitsInput } from '../stock/units-input';

/** Counting a shelf: what is typed is compared with the record before it is saved. */
export function Stocktake({
  record: { sku, locations },
  location: first,
  onClose,
}: {
  readonly record: Schemas['StockRecord'];
  readonly location: string;
  readonly onClose: () => void;
}) {
  const [location, setLocation] = useState(first);
  const [typed, setTyped] = useState<string | number>('');
  const [note, setNote] = useState('');
  const units = unitsOf(typed);
  const shelf = locations.find((each) => each.location === location);
  const save = useSetStock(sku, {
    says: `${sku}: ${count(units ?? 0, 'unit')} counted.`,
    onDone: onClose,
  });
  const body = { inStock: units, location, ...(note.trim() && { note: note.trim() }) };
  return (
    <FormDialog
      title={`Count ${sku}`}
      submit="Save the count"
      error={save.error}
      isSending={save.isPending}
      onSubmit={units === undefined ? undefined : () => save.mutate(body)}
      onClose={onClose}
    >
      <LocationSelect value={location} onChange={setLocation} />
      <UnitsInput label="Units on the shelf" value={typed} onChange={setTyped} />
      <Difference units={units} inStock={shelf?.inStock ?? 0} allocated={shelf?.allocated ?? 0} />
      <TextInput
        label="Note for the ledger"
        placeholder="Optional"
        maxLength={2000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
    </FormDialog>
  );
}

function Difference({
  units,
  inStock,
  allocated,
}: {
  readonly units: number | undefined;
  readonly inStock: number;
  readonly allocated: number;
}) {
  const net = units === undefined ? undefined : units - allocated;
  return (
    <div role="status">
      <SimpleGrid cols={3} spacing="xs">
        <Figure label="On record" value={inStock.toLocaleString()} />
        <Figure label="Difference" value={units === undefined ? '–' : signed(units - inStock)} />
        <Figure label="Net after it" value={net?.toLocaleString() ?? '–'} />
      </SimpleGrid>
      {net !== undefined && net < 0 && (
        <Alert color="orange" mt="sm">
          Orders hold {count(allocated, 'unit')} of it: {count(-net, 'unit')} more than you counted.
        </Alert>
      )}
    </div>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={650}>
        {value}
      </Text>
    </div>
  );
}
