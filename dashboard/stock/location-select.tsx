import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { locationsQuery } from './queries';

/** Where; not asked where there is one place only. */
export function LocationSelect({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (location: string) => void;
}) {
  const { data: locations = [] } = useQuery(locationsQuery);
  if (locations.length < 2) return null;
  return (
    <Select
      label="Location"
      size="md"
      data={locations.map(({ code, name }) => ({ value: code, label: name }))}
      value={value}
      onChange={(location) => onChange(location ?? value)}
      allowDeselect={false}
    />
  );
}
