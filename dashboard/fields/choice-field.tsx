import { NativeSelect } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';
import { errorOf, type About, type ChoiceSource, type FieldProps } from '../forms/form';
import { money } from '../parts/format';

interface Choice {
  readonly value: string;
  readonly label: string;
}

const none: readonly Choice[] = [];

const locationsQuery = queryOptions({
  queryKey: ['stock-locations'],
  queryFn: async () => dataOf(await api.GET('/v1/stock-locations')),
});
const partnersQuery = queryOptions({
  queryKey: ['partners'],
  queryFn: async () => dataOf(await api.GET('/v1/partners')),
});

function paymentChoices({ action, order }: About): readonly Choice[] {
  const rooms = action.most?.payments ?? {};
  return order.payments.flatMap(({ id, method, gateway }) => {
    const room = rooms[id];
    if (room === undefined) return [];
    return [{ value: id, label: `${id}, ${method ?? gateway}: ${money(room, order.currency)}` }];
  });
}

function useChoices(from: ChoiceSource, about: About): readonly Choice[] {
  const locations = useQuery({ ...locationsQuery, enabled: from === 'locations' });
  const partners = useQuery({ ...partnersQuery, enabled: from === 'partners' });
  switch (from) {
    case 'payments':
      return paymentChoices(about);
    case 'locations':
      return (
        locations.data?.locations.map(({ code, name }) => ({ value: code, label: name })) ?? none
      );
    case 'partners':
      return (
        partners.data?.partners
          .filter(({ active }) => active)
          .map(({ code, name }) => ({ value: code, label: `${name} (${code})` })) ?? none
      );
    case 'shipments':
      return about.order.shipments.map(({ id, event, tracking }) => ({
        value: id,
        label: [event, tracking?.number ?? id].join(' · '),
      }));
    case 'outcomes':
      return [
        { value: 'moved', label: 'has moved' },
        { value: 'not-moved', label: 'has not moved' },
      ];
  }
}

/** One of a few; what is not needed and has nothing to choose between is not asked. */
export function ChoiceField({
  from,
  about,
  value,
  onChange,
  faults,
  label,
  hint,
  required = false,
}: FieldProps<string> & { readonly from: ChoiceSource }) {
  const choices = useChoices(from, about);
  const isNeedless = from === 'shipments' ? choices.length === 0 : choices.length < 2;
  if (!required && isNeedless) return null;
  return (
    <NativeSelect
      label={label}
      description={hint}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={errorOf(faults)}
      required={required}
      data={[{ value: '', label: required ? 'Choose one' : 'By itself' }, ...choices]}
    />
  );
}
