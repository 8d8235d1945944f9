import { Alert, Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Something that is shown now and never again, to be copied. */
export function ShownOnce({
  label,
  value,
  children,
  onClose,
}: {
  readonly label: string;
  /** Null where the first answer was lost on the way. */
  readonly value: string | null;
  readonly children: ReactNode;
  readonly onClose: () => void;
}) {
  if (value === null) {
    return (
      <Stack>
        <Alert color="yellow">It was made, but its answer was lost. Make a new one.</Alert>
        <Button onClick={onClose}>Close</Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <div role="status">{children}</div>
      <Group align="end" wrap="nowrap" gap="xs">
        <TextInput
          label={label}
          value={value}
          readOnly
          style={{ flex: 1 }}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              variant="light"
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
              }
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Button onClick={onClose}>Done</Button>
    </Stack>
  );
}

/** A link of the API's on the host that this page is from. */
export function addressOf(path: string | null): string | null {
  return path === null ? null : `${location.origin}${path}`;
}
