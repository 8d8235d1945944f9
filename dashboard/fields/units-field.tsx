import {
  Button,
  Checkbox,
  Group,
  Input,
  NumberInput,
  ScrollArea,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { errorOf, type Fault, type FieldProps, type Order } from '../forms/form';
import type { UnitValues } from '../forms/draft';
import classes from './lines.module.css';

/** From this many lines on one is looked for by its name. */
const MANY = 8;

type Line = Order['lines'][number];

/** Where the faults of a list of units are: `/lines/2/quantity` is of the third that was sent. */
function faultsOf(faults: readonly Fault[], value: UnitValues): ReadonlyMap<string, string> {
  const sent = Object.keys(value).filter((id) => Number(value[id]) > 0);
  return new Map(
    faults.flatMap(({ pointer, detail }) => {
      const id = sent[Number(/^\/lines\/(\d+)/.exec(pointer)?.[1])];
      return id === undefined ? [] : [[id, detail] as const];
    }),
  );
}

export function useLineSearch(lines: readonly Line[]) {
  const [wanted, setWanted] = useState('');
  const found = lines.filter(({ title, sku }) =>
    `${title} ${sku}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const search = lines.length >= MANY && (
    <TextInput
      value={wanted}
      onChange={({ currentTarget }) => setWanted(currentTarget.value)}
      placeholder={`Find among ${lines.length} lines`}
      aria-label="Find a line"
      leftSection={<IconSearch size={16} aria-hidden />}
      mb={4}
    />
  );
  return { found, search };
}

/** Units line by line, at most as many as could move, with all and none. */
export function UnitsField(props: FieldProps<UnitValues> & { readonly whole?: boolean }) {
  const { label, hint, value, onChange, faults, about, whole = false } = props;
  const id = useId();
  const most = about.action.most?.lines ?? {};
  const lines = about.order.lines.filter((line) => (most[line.id] ?? 0) > 0);
  const { found, search } = useLineSearch(lines);
  const ofLines = faultsOf(faults, value);
  const isAll = lines.every((line) => Number(value[line.id]) === most[line.id]);
  const isNone = lines.every((line) => !(Number(value[line.id]) > 0));
  const none = Object.fromEntries(lines.map((line) => [line.id, 0]));
  return (
    <Input.Wrapper
      component="fieldset"
      className={classes.fieldset}
      labelElement="div"
      error={ofLines.size === 0 && errorOf(faults)}
    >
      <Group justify="space-between" mb={4}>
        <Text component="legend" id={id} fz="sm" fw={600} p={0}>
          {label}
        </Text>
        {lines.length > 0 && (
          <Group gap={4}>
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={isAll}
              onClick={() => onChange(most)}
            >
              All
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={isNone}
              onClick={() => onChange(none)}
            >
              None
            </Button>
          </Group>
        )}
      </Group>
      {hint !== undefined && <Input.Description>{hint}</Input.Description>}
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          No units can be chosen now.
        </Text>
      )}
      {search}
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: -1 }}>
        <Stack gap={0} role="list" aria-labelledby={id}>
          {found.map((line) => (
            <UnitRow
              key={line.id}
              line={line}
              most={most[line.id] ?? 0}
              whole={whole}
              value={value[line.id] ?? 0}
              onChange={(quantity) => onChange({ ...value, [line.id]: quantity })}
              error={ofLines.get(line.id)}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Input.Wrapper>
  );
}

interface UnitRowProps {
  readonly line: Line;
  readonly most: number;
  readonly whole: boolean;
  readonly value: number | string;
  readonly onChange: (quantity: number | string) => void;
  readonly error: string | undefined;
}

function UnitRow({ line, most, whole, value, onChange, error }: UnitRowProps) {
  return (
    <div role="listitem" className={classes.row}>
      <Checkbox
        className={classes.name}
        checked={Number(value) > 0}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? most : 0)}
        label={<LineName line={line} />}
      />
      {whole ? (
        <Text size="sm">{most}</Text>
      ) : (
        <NumberInput
          aria-label={`Units of ${line.title}, at most ${most}`}
          value={value}
          onChange={onChange}
          min={0}
          max={most}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          suffix={` of ${most}`}
          w={116}
          error={error}
        />
      )}
    </div>
  );
}

/** What a line is of, as people find it on a shelf. */
export function LineName({ line }: { readonly line: Line }) {
  return (
    <>
      <Text span size="sm" dir="auto" className={classes.goods}>
        {line.title}
      </Text>
      <Text span size="xs" c="dimmed" display="block">
        {line.sku}
      </Text>
    </>
  );
}
