import { ActionIcon, Group, NumberInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { unitsOf } from './units';

/** Units to be typed or stepped by a thumb. */
export function UnitsInput({
  label,
  description,
  value,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string | number;
  readonly onChange: (value: string | number) => void;
}) {
  const units = unitsOf(value) ?? 0;
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <NumberInput
        label={label}
        description={description}
        value={value}
        onChange={onChange}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        inputMode="numeric"
        size="lg"
        flex={1}
        data-autofocus
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <ActionIcon
        variant="default"
        size={50}
        aria-label="One less"
        disabled={units === 0}
        onClick={() => onChange(Math.max(0, units - 1))}
      >
        <IconMinus aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={50}
        aria-label="One more"
        onClick={() => onChange(units + 1)}
      >
        <IconPlus aria-hidden />
      </ActionIcon>
    </Group>
  );
}
