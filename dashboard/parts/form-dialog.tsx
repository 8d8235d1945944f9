import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Refused } from './refused';

/** A small form over the page, the whole screen on a phone; Ctrl/Cmd+Enter sends it too. */
export function FormDialog({
  title,
  submit,
  error,
  isSending,
  isDangerous = false,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  /** What the button says; without it there is nothing to send. */
  readonly submit: string;
  readonly error?: unknown;
  readonly isSending: boolean;
  readonly isDangerous?: boolean;
  /** Undefined while what was typed cannot be sent. */
  readonly onSubmit: (() => void) | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const isPhone = useMediaQuery('(max-width: 48em)');
  const send = () => {
    if (!isSending) onSubmit?.();
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md" fullScreen={isPhone}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={({ key, ctrlKey, metaKey }) => {
          if (key === 'Enter' && (ctrlKey || metaKey)) send();
        }}
      >
        <Stack gap="md">
          {children}
          <Refused error={error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={isSending}
              disabled={!onSubmit}
              color={isDangerous ? 'red' : undefined}
            >
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
