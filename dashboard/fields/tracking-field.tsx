import { Autocomplete, SimpleGrid, TextInput } from '@mantine/core';
import { errorOf, type FieldProps } from '../forms/form';
import type { TrackingValue } from '../forms/draft';

/** Who carries a parcel, chosen among the shop's carriers or written, and its number. */
export function TrackingField({ value, onChange, faults, about }: FieldProps<TrackingValue>) {
  const carriers = Object.values(about.shop.carriers ?? {}).map(({ name }) => name);
  const at = (field: string) =>
    errorOf(faults.filter(({ pointer }) => pointer === `/tracking/${field}`));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Autocomplete
        label="Carrier"
        data={carriers}
        value={value.carrier}
        onChange={(carrier) => onChange({ ...value, carrier })}
        error={at('carrier')}
        comboboxProps={{ withinPortal: false }}
      />
      <TextInput
        label="Tracking number"
        value={value.number}
        onChange={({ currentTarget }) => onChange({ ...value, number: currentTarget.value })}
        error={at('number')}
        autoComplete="off"
        spellCheck={false}
      />
    </SimpleGrid>
  );
}
