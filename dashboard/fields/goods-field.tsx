import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { errorOf, type FieldProps } from '../forms/form';
import { noGood, type Good, type Goods } from '../forms/goods';
import classes from './lines.module.css';

const columns = [
  { name: 'sku', label: 'SKU', pointer: 'sku' },
  { name: 'title', label: 'Title', pointer: 'title' },
  { name: 'exclTax', label: 'Price without tax', pointer: 'unitPrice/exclTax' },
  { name: 'inclTax', label: 'Price with tax', pointer: 'unitPrice/inclTax' },
] as const;

/** The lines of an order to be placed, with the prices that were agreed on. */
export function GoodsField({ label, value, onChange, faults }: FieldProps<Goods>) {
  const change = (position: number, changes: Partial<Good>) =>
    onChange(value.map((good, at) => (at === position ? { ...good, ...changes } : good)));
  const faultsAt = (position: number, name: string) =>
    errorOf(faults.filter(({ pointer }) => pointer.startsWith(`/lines/${position}/${name}`)));
  return (
    <fieldset className={classes.fieldset}>
      <Text component="legend" fz="sm" fw={600} p={0}>
        {label}
      </Text>
      <Stack gap="xs">
        {value.map((good, position) => (
          <Group key={position} align="flex-start" gap="xs" className={classes.row}>
            {columns.map(({ name, label: column, pointer }) => (
              <TextInput
                key={name}
                label={column}
                value={good[name]}
                onChange={({ currentTarget }) => change(position, { [name]: currentTarget.value })}
                error={faultsAt(position, pointer)}
                flex="1 1 8rem"
              />
            ))}
            <NumberInput
              label="Units"
              value={good.quantity}
              onChange={(quantity) => change(position, { quantity })}
              min={1}
              allowDecimal={false}
              allowNegative={false}
              w={84}
              error={faultsAt(position, 'quantity')}
            />
            <ActionIcon
              variant="subtle"
              size="lg"
              mt={26}
              aria-label={`Take ${good.title || 'this line'} out`}
              onClick={() => onChange(value.filter((_, at) => at !== position))}
            >
              <IconX size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => onChange([...value, noGood])}
          >
            Add a line
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}
