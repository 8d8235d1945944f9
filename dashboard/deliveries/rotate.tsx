import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntent } from '../client/intent';
import { Refused } from '../parts/refused';
import { faultAt } from '../parts/faults';

const USUAL_HOURS = 24;

interface Rotating {
  readonly onClose: () => void;
  readonly rotate: (
    overlapHours: number,
    header: { readonly 'Idempotency-Key': string },
  ) => Promise<unknown>;
}

/** Asks for how long the old secret holds beside a new one, and has the new one made. */
export function RotateDialog({ opened, ...rest }: Rotating & { readonly opened: boolean }) {
  return (
    <Modal opened={opened} onClose={rest.onClose} title="Make a new secret">
      <RotateForm {...rest} />
    </Modal>
  );
}

/** Made anew each time the dialog opens: another rotation is another intent. */
function RotateForm({ onClose, rotate }: Rotating) {
  const [hours, setHours] = useState<number | string>(USUAL_HOURS);
  const intent = useIntent();
  const sending = useMutation({
    mutationFn: () => rotate(Number(hours), intent({ hours })),
    onSuccess: onClose,
  });
  return (
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
  );
}
