import { Checkbox, Input, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import type { OverrideValue, ReceivedValues, TrackingValue, UnitValues } from '../forms/draft';
import { errorOf, type About, type Fault, type FieldProps, type FormField } from '../forms/form';
import type { Goods } from '../forms/goods';
import { money } from '../parts/format';
import { ChoiceField } from './choice-field';
import { GoodsField } from './goods-field';
import { OverrideField } from './override-field';
import { ReceivedField } from './received-field';
import { TrackingField } from './tracking-field';
import { UnitsField } from './units-field';

interface Props {
  readonly field: FormField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly faults: readonly Fault[];
  readonly about: About;
}

/** The input of a field, by what the form says of it. */
export function Field({ field, value, onChange, faults, about }: Props) {
  const { label, hint } = field;
  const required = 'required' in field && field.required;
  // Each kind of field has values of one type, by `startOf`.
  const as = <T,>() => ({ label, hint, required, value: value as T, onChange, faults, about });
  switch (field.as) {
    case 'text':
      return <TextInput {...input(as<string>())} />;
    case 'long':
      return <Textarea {...input(as<string>())} autosize minRows={2} maxRows={8} dir="auto" />;
    case 'time':
      return <TextInput {...input(as<string>())} type="datetime-local" w={{ xs: 240 }} />;
    case 'amount':
      return <AmountField {...as<string>()} />;
    case 'flag':
      return (
        <Checkbox
          label={label}
          description={hint}
          checked={value as boolean}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case 'choice':
      return <ChoiceField {...as<string>()} from={field.from} />;
    case 'units':
      return <UnitsField {...as<UnitValues>()} whole={field.whole} />;
    case 'received':
      return <ReceivedField {...as<ReceivedValues>()} />;
    case 'goods':
      return <GoodsField {...as<Goods>()} />;
    case 'tracking':
      return <TrackingField {...as<TrackingValue>()} />;
    case 'override':
      return <OverrideField {...as<OverrideValue>()} />;
    case 'charges':
      return <ChargesField {...as<string[]>()} />;
    case 'parts':
      return (
        <Input.Wrapper label={label} labelElement="div" description={mostStated(about)}>
          <SegmentedControl
            fullWidth
            aria-label={label}
            data={[...field.parts]}
            value={value as string}
            onChange={onChange}
          />
        </Input.Wrapper>
      );
  }
}

function input({ label, hint, required, value, onChange, faults }: FieldProps<string>) {
  return {
    label,
    description: hint,
    required,
    value,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange(currentTarget.value),
    error: errorOf(faults),
  };
}

function mostStated({ action, order }: About): string | undefined {
  const { amount } = action.most ?? {};
  return amount === undefined ? undefined : `At most ${money(amount, order.currency)}`;
}

function AmountField(props: FieldProps<string>) {
  const { about, hint } = props;
  const { currency } = about.order;
  return (
    <TextInput
      {...input(props)}
      description={hint ?? mostStated(about)}
      inputMode="decimal"
      autoComplete="off"
      rightSection={currency}
      rightSectionWidth={56}
      w={{ xs: 240 }}
    />
  );
}

/** The charges beside the lines, by the names that the order gives them. */
function ChargesField({ label, value, onChange, faults, about }: FieldProps<string[]>) {
  const { shipping, surcharges, currency } = about.order;
  const named = [...(shipping.method ? [shipping.method] : []), ...surcharges];
  return (
    <Checkbox.Group label={label} value={value} onChange={onChange} error={errorOf(faults)}>
      <Stack gap={6} mt={4}>
        {(about.action.most?.charges ?? []).map((code) => {
          const charge = named.find((each) => each.code === code);
          const says = charge ? `${charge.name}, ${money(charge.inclTax, currency)}` : code;
          return <Checkbox key={code} value={code} label={says} />;
        })}
      </Stack>
    </Checkbox.Group>
  );
}
