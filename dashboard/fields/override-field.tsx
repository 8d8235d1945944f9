import { Alert, Checkbox, List, Stack, Textarea } from '@mantine/core';
import { errorOf, type FieldProps } from '../forms/form';
import type { OverrideValue } from '../forms/draft';
import classes from './lines.module.css';

/** Going over the shop's rules on purpose: which ones, and why. */
export function OverrideField({
  label,
  value,
  onChange,
  faults,
  about,
}: FieldProps<OverrideValue>) {
  return (
    <Alert color="yellow" classNames={{ title: classes.title }} title="Rules of the shop say no">
      <Stack gap="xs">
        <List size="sm">
          {about.action.override?.map((rule) => (
            <List.Item key={rule}>{rule}</List.Item>
          ))}
        </List>
        <Checkbox
          label={label}
          checked={value.on}
          onChange={({ currentTarget }) => onChange({ ...value, on: currentTarget.checked })}
        />
        {value.on && (
          <Textarea
            label="Why the rules do not count here"
            required
            autosize
            minRows={2}
            value={value.reason}
            onChange={({ currentTarget }) => onChange({ ...value, reason: currentTarget.value })}
            error={errorOf(faults)}
          />
        )}
      </Stack>
    </Alert>
  );
}
