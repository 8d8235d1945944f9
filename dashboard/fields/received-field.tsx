import { Checkbox, Group, Input, NumberInput, ScrollArea, Stack, Text } from '@mantine/core';
import { errorOf, type FieldProps } from '../forms/form';
import type { ReceivedLine, ReceivedValues } from '../forms/draft';
import classes from './lines.module.css';
import { LineName, useLineSearch } from './units-field';

/** What came of a return, line by line: good, damaged, and whether the good goes back to the shelf. */
export function ReceivedField({
  label,
  value,
  onChange,
  faults,
  about,
}: FieldProps<ReceivedValues>) {
  const lines = about.order.lines.filter(({ id }) => id in value);
  const { found, search } = useLineSearch(lines);
  const change = (id: string, line: ReceivedLine, changes: Partial<ReceivedLine>) =>
    onChange({ ...value, [id]: { ...line, ...changes } });
  return (
    <Input.Wrapper
      component="fieldset"
      className={classes.fieldset}
      labelElement="div"
      error={errorOf(faults)}
    >
      <Text component="legend" fz="sm" fw={600} p={0} mb={4}>
        {label}
      </Text>
      {search}
      <ScrollArea.Autosize mah={360} type="auto" viewportProps={{ tabIndex: -1 }}>
        <Stack gap={0} role="list">
          {found.map((line) => {
            const came = value[line.id];
            if (!came) return null;
            const most = about.action.most?.lines?.[line.id] ?? 0;
            return (
              <div key={line.id} role="listitem" className={classes.row}>
                <div className={classes.name}>
                  <LineName line={line} />
                  <Text size="xs" c="dimmed">
                    {most} awaited
                  </Text>
                </div>
                <Group gap="xs" align="flex-end">
                  {(['good', 'damaged'] as const).map((how) => (
                    <NumberInput
                      key={how}
                      label={how === 'good' ? 'Good' : 'Damaged'}
                      aria-label={`${how === 'good' ? 'Good' : 'Damaged'} units of ${line.title}`}
                      value={came[how]}
                      onChange={(units) => change(line.id, came, { [how]: units })}
                      min={0}
                      max={most}
                      clampBehavior="none"
                      allowDecimal={false}
                      allowNegative={false}
                      w={84}
                    />
                  ))}
                  <Checkbox
                    pb={8}
                    label="To the shelf"
                    aria-label={`Good units of ${line.title} go back to the shelf`}
                    checked={came.restock}
                    onChange={({ currentTarget }) =>
                      change(line.id, came, { restock: currentTarget.checked })
                    }
                  />
                </Group>
              </div>
            );
          })}
        </Stack>
      </ScrollArea.Autosize>
    </Input.Wrapper>
  );
}
