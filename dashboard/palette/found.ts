import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { placesFor } from '../app/navigation';
import type { Schemas } from '../client/client';
import { actionsQuery, meQuery } from '../client/queries';
import { useDialogs, type Asked } from '../dialogs/provider';
import { count, money } from '../parts/format';
import { findQuery, partnersQuery } from './queries';
import { orderOf, useRecentOrders } from './recent';

/** Something that the palette leads to, or does. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly about?: string;
  readonly run: () => void;
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const fits = (words: string, ...texts: readonly string[]) =>
  texts.some((text) => text.toLowerCase().includes(words.toLowerCase()));

/** What there is for these words: the present order's commands first, then what was found, then pages. */
export function useFound(
  words: string,
  path: string,
): { readonly sections: readonly Section[]; readonly isSearching: boolean } {
  const { data: me } = useQuery(meQuery);
  const places = placesFor(me?.role);
  const isStaff = places.some(({ to }) => to === '/stock');
  const commands = useCommands(orderOf(path));
  const recent = useRecentOrders();
  const { data: partners = [] } = useQuery({ ...partnersQuery, enabled: isStaff });
  const { data: found, isFetching } = useQuery(findQuery(words, isStaff));
  const go = useGo();
  const sections: Section[] = [
    { title: 'This order', entries: commands.filter(({ label }) => fits(words, label)) },
    words === ''
      ? { title: 'Seen last', entries: recent.map((number) => go.toOrder(number)) }
      : {
          title: 'Orders',
          entries: (found?.orders ?? []).map((order) => go.toOrder(order.number, aboutOf(order))),
        },
    {
      title: 'Stock',
      entries: words === '' ? [] : (found?.stock ?? []).map(go.toShelf),
    },
    {
      title: 'Partners',
      entries:
        words === ''
          ? []
          : partners.filter(({ code, name }) => fits(words, code, name)).map(go.toPartner),
    },
    {
      title: 'Pages',
      entries: places.filter(({ label }) => fits(words, label)).map(go.toPlace),
    },
  ];
  return {
    sections: sections.filter(({ entries }) => entries.length > 0),
    isSearching: words !== '' && isFetching,
  };
}

/** Who it is for and what it comes to, where the role may know that. */
function aboutOf(order: Schemas['OrderPage']['orders'][number]): string {
  if (!('customer' in order)) return order.status;
  const { customer, status, total, currency } = order;
  const who = customer.name ?? customer.email;
  return [who, status, money(total.inclTax, currency)].filter(Boolean).join(' · ');
}

function useCommands(number: string | undefined): readonly Entry[] {
  const { open } = useDialogs();
  const { data } = useQuery({ ...actionsQuery(number ?? ''), enabled: number !== undefined });
  if (number === undefined) return [];
  return (data?.actions ?? [])
    .filter(({ allowed }) => allowed)
    .map(({ label, says, command }, index) => ({
      id: `command-${index}`,
      label,
      about: says,
      run: () => open({ number, command: command as Asked['command'] }),
    }));
}

function useGo() {
  const navigate = useNavigate();
  return {
    toOrder: (number: string, about?: string): Entry => ({
      id: `order-${number}`,
      label: number,
      ...(about !== undefined && { about }),
      run: () => void navigate({ to: '/orders/$number', params: { number } }),
    }),
    toShelf: ({ sku, net }: { readonly sku: string; readonly net: number }): Entry => ({
      id: `shelf-${sku}`,
      label: sku,
      about: `${count(net, 'unit')} can be sold`,
      run: () => void navigate({ to: '/stock/$sku', params: { sku } }),
    }),
    toPartner: ({ code, name }: { readonly code: string; readonly name: string }): Entry => ({
      id: `partner-${code}`,
      label: name,
      about: code,
      run: () => void navigate({ to: '/partners/$code', params: { code } }),
    }),
    toPlace: ({ to, label }: { readonly to: string; readonly label: string }): Entry => ({
      id: `page-${to}`,
      label,
      run: () => void navigate({ to }),
    }),
  };
}
