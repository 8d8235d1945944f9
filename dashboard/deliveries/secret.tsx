import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyText } from './copy-text';

export interface NewSecret {
  /** null where the API has shown it before. */
  readonly secret: string | null;
  /** What signs with it, for people. */
  readonly of: string;
}

/** Shows a secret, which nobody will see again. */
export function SecretDialog({
  shown,
  onClose,
}: {
  readonly shown: NewSecret | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={shown !== undefined}
      onClose={onClose}
      title={`The secret of ${shown?.of ?? ''}`}
      closeOnClickOutside={false}
    >
      <Stack>
        {shown?.secret === null ? (
          <Text>It was shown before and is not shown again. Make a new one if it is lost.</Text>
        ) : (
          <>
            <Alert color="yellow" icon={<IconKey size={18} aria-hidden />}>
              Keep it now: it is shown this once. It signs what is exchanged, as Standard Webhooks
              describes.
            </Alert>
            <Code
              block
              aria-label="Secret"
              style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
            >
              {shown?.secret}
            </Code>
          </>
        )}
        <Group justify="space-between">
          {shown?.secret ? <CopyText text={shown.secret} label="Copy the secret" /> : <span />}
          <Button onClick={onClose}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
