import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntent } from '../parts/intent';
import { Refused } from '../parts/refused';
import { faultAt } from './faults';

const USUAL_HOURS = 24;

/** Asks for how long the old secret holds beside a new one, and has the new one made. */
export function RotateDialog({
  opened,
  onClose,
  rotate,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly rotate: (
    overlapHours: number,
    header: { readonly 'Idempotency-Key': string },
  ) => Promise<unknown>;
}) {
  const [hours, setHours] = useState<number | string>(USUAL_HOURS);
  const intent = useIntent();
  const sending = useMutation({
    // Two rotations in a row are two intents, of the same words.
    mutationFn: () => rotate(Number(hours), intent({ hours, opened: openedAt })),
    onSuccess: onClose,
  });
  const [openedAt] = useState(() => Date.now());
  return (
    <Modal opened={opened} onClose={onClose} title="Make a new secret">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate();
        }}
      >
        <Stack>
          <Text>
            For a while both hold, so that the other side can change when it likes. The new one is
            shown once.
          </Text>
          <NumberInput
            label="Hours for which the old one still holds"
            description="0: it ends at once."
            value={hours}
            onChange={setHours}
            min={0}
            allowDecimal={false}
            error={faultAt(sending.error, '/overlapHours')}
            data-autofocus
          />
          <Refused error={sending.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep the old one
            </Button>
            <Button type="submit" loading={sending.isPending}>
              Make a new secret
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
