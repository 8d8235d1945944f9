import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import classes from './dialog.module.css';
import { Changed, NotSent, Pending } from './outcome';
import type { Subject, useCommandForm } from './use-command-form';

type Form = ReturnType<typeof useCommandForm>;

interface Props {
  readonly form: Form;
  readonly subject: Subject;
  readonly isInvalid: boolean;
  readonly isLeaving: boolean;
  readonly onStay: () => void;
  readonly onClose: () => void;
}

/** What became of a command so far, and the buttons that send it or leave it. */
export function Footer({ form, subject, isInvalid, isLeaving, onStay, onClose }: Props) {
  const { sending, hasChanged } = form;
  const { label } = form.action;
  return (
    <div className={classes.footer}>
      <Stack gap="sm">
        <Messages subject={subject} form={form} />
        {isLeaving ? (
          <Leaving onStay={onStay} onLeave={onClose} />
        ) : (
          <Group justify="flex-end" gap="sm">
            <Text size="xs" c="dimmed" visibleFrom="sm" me="auto">
              <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd> sends it
            </Text>
            <Button variant="default" onClick={onClose}>
              {sending.isPending ? 'Close' : 'Back'}
            </Button>
            {!sending.isPending && (
              <Button
                type="submit"
                aria-disabled={isInvalid || undefined}
                data-disabled={isInvalid || undefined}
                loading={sending.isSending}
              >
                {sending.error && !hasChanged ? `Try again: ${label}` : label}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </div>
  );
}

function Messages({ subject, form }: { readonly subject: Subject; readonly form: Form }) {
  const { sending, hasChanged, base } = form;
  const { refusal } = sending;
  if (hasChanged) {
    return <Changed number={subject.number} seq={base.seq} onLook={form.lookAgain} />;
  }
  if (sending.isPending) return <Pending />;
  if (refusal) return <NotSent error={new Error(refusal.detail)} />;
  return sending.error ? <NotSent error={sending.error} /> : null;
}

function Leaving({
  onStay,
  onLeave,
}: {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  return (
    <Group justify="flex-end" gap="sm" role="alert">
      <Text fw={600} me="auto">
        Throw away what you typed?
      </Text>
      <Button variant="default" onClick={onStay} data-autofocus autoFocus>
        Go on writing
      </Button>
      <Button color="red" onClick={onLeave}>
        Throw away
      </Button>
    </Group>
  );
}
