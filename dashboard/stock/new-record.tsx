import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useSetStock } from './changes';
import { FormDialog } from '../parts/form-dialog';
import { LocationSelect } from './location-select';
import { locationsQuery } from './queries';
import { unitsOf } from './units';
import { UnitsInput } from './units-input';

/** Begins the record of a SKU at a location with what is there now. */
export function NewRecord({
  sku: given,
  onClose,
}: {
  /** Known already, where it is kept at one more location. */
  readonly sku?: string;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const { data: locations = [] } = useQuery(locationsQuery);
  const [typedSku, setTypedSku] = useState(given ?? '');
  const [chosen, setChosen] = useState<string>();
  const [typed, setTyped] = useState<string | number>('');
  const sku = typedSku.trim();
  const units = unitsOf(typed);
  const location = chosen ?? locations[0]?.code;
  const save = useSetStock(sku, {
    says: `${sku}: recorded.`,
    onDone: () => {
      onClose();
      void navigate({ to: '/stock/$sku', params: { sku } });
    },
  });
  const isWhole = sku !== '' && units !== undefined && location !== undefined;
  return (
    <FormDialog
      title="Add a stock record"
      submit="Add the record"
      error={save.error}
      isSending={save.isPending}
      onSubmit={isWhole ? () => save.mutate({ inStock: units, location }) : undefined}
      onClose={onClose}
    >
      <TextInput
        label="SKU"
        description="As the lines of orders have it. Where there is a record already, its count is set."
        size="md"
        maxLength={100}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={typedSku}
        onChange={({ currentTarget }) => setTypedSku(currentTarget.value)}
        disabled={given !== undefined}
        data-autofocus
      />
      {location !== undefined && <LocationSelect value={location} onChange={setChosen} />}
      <UnitsInput label="Units in stock" value={typed} onChange={setTyped} />
    </FormDialog>
  );
}
