import { Menu, Text } from '@mantine/core';
import { useId } from 'react';
import type { Action } from '../forms/form';

/** From this many choices on, a command is one item, and its dialog asks which. */
const MANY = 5;

const groupLabels: { readonly [G in Action['group']]: string } = {
  money: 'Money',
  shipping: 'Shipping',
  status: 'Order',
  lines: 'Lines',
  returns: 'Returns',
  partner: 'Partners',
  message: 'Messages',
  people: 'People',
};

interface Item {
  readonly label: string;
  readonly command: object;
  readonly allowed: boolean;
  /** Why not, where it is not. */
  readonly why: string | undefined;
  readonly group: Action['group'];
}

/** Whether it is about a return, and the order has none: why it is not possible is plain to everybody. */
function isAboutNothing({ refusal }: Action): boolean {
  return refusal?.errors?.some(({ pointer }) => pointer === '/return') ?? false;
}

function itemsOf(actions: readonly Action[]): readonly Item[] {
  const types = [...new Set(actions.map(({ type }) => type))];
  return types.flatMap((of): Item[] => {
    const choices = actions.filter(({ type }) => type === of);
    const [first] = choices;
    if (!first) return [];
    const isOpen = choices.some(({ allowed, override }) => allowed || override !== undefined);
    if (isOpen && choices.length < MANY) {
      return choices.map(({ label, command, allowed, refusal, override, group }) => {
        const may = allowed || override !== undefined;
        return { label, command, allowed: may, why: refusal?.detail, group };
      });
    }
    const { title, type, group, refusal } = first;
    const label = isOpen ? `${title}…` : title;
    return [{ label, command: { type }, allowed: isOpen, why: refusal?.detail, group }];
  });
}

/** Every action of an order, by what it is about; those that are not possible say why, and can be reached all the same. */
export function ActionMenu({
  actions,
  onOpen,
}: {
  readonly actions: readonly Action[];
  readonly onOpen: (command: object) => void;
}) {
  const items = itemsOf(actions.filter((action) => !isAboutNothing(action)));
  const groups = Object.keys(groupLabels) as Action['group'][];
  return groups.map((group) => {
    const own = items.filter((item) => item.group === group);
    if (own.length === 0) return null;
    return (
      <div key={group} role="group" aria-label={groupLabels[group]}>
        <Menu.Label>{groupLabels[group]}</Menu.Label>
        {own.map((item) => (
          <ActionItem key={item.label} item={item} onOpen={onOpen} />
        ))}
      </div>
    );
  });
}

function ActionItem({
  item: { label, command, allowed, why },
  onOpen,
}: {
  readonly item: Item;
  readonly onOpen: (command: object) => void;
}) {
  const id = useId();
  return (
    <Menu.Item
      aria-disabled={!allowed || undefined}
      aria-describedby={allowed ? undefined : id}
      closeMenuOnClick={allowed}
      onClick={() => allowed && onOpen(command)}
      c={allowed ? undefined : 'dimmed'}
    >
      {label}
      {!allowed && (
        <Text id={id} size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </Menu.Item>
  );
}
