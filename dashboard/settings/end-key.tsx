import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../client/client';
import { FormFault } from '../parts/faults';
import { keysQuery } from './queries';

/** Asks once more, and ends a key. */
export function EndKey({
  apiKey: { id, name },
  onDone,
}: {
  readonly apiKey: Schemas['ApiKey'];
  readonly onDone: () => void;
}) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.DELETE('/v1/keys/{id}', { params: { path: { id } } }),
    onSuccess() {
      notifications.show({ color: 'green', message: `The key “${name}” opens nothing any more.` });
      onDone();
    },
    onSettled: () => queries.invalidateQueries(keysQuery),
  });
  return (
    <Stack>
      <Text>
        Programs that use “{name}” are refused from now on. This cannot be undone; to change a key
        without a stop, replace it.
      </Text>
      <FormFault error={end.error} />
      <Button color="red" onClick={() => end.mutate()} loading={end.isPending}>
        Revoke the key
      </Button>
    </Stack>
  );
}
