import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { digitsOf, minorOf } from '../parts/format';

/** An amount as people write it, kept as minor units; it needs to know of which currency. */
export function AmountInput({
  label,
  minor,
  currency,
  onChange,
}: {
  readonly label: string;
  readonly minor: string;
  readonly currency: string | undefined;
  readonly onChange: (minor: string) => void;
}) {
  const written =
    currency && minor ? (Number(minor) / 10 ** digitsOf(currency)).toFixed(digitsOf(currency)) : '';
  const [typed, setTyped] = useState(written);
  const isOdd = currency !== undefined && typed !== '' && minorOf(typed, currency) === undefined;
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      value={typed}
      disabled={currency === undefined}
      description={currency === undefined ? 'Choose one currency first' : currency}
      error={isOdd && `That is no amount of ${currency}.`}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        const amount = currency === undefined ? undefined : minorOf(value, currency);
        if (value === '') onChange('');
        else if (amount !== undefined) onChange(String(amount));
      }}
    />
  );
}
