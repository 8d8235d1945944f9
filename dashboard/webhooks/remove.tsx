import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../client/client';
import { FormDialog } from '../parts/form-dialog';
import { webhooksKey, type Endpoint } from './queries';

/** Asks before an endpoint is forgotten. */
export function RemoveDialog({
  endpoint: { id, url },
  onClose,
}: {
  readonly endpoint: Endpoint;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const removing = useMutation({
    mutationFn: () => api.DELETE('/v1/webhooks/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      await navigate({ to: '/webhooks' });
      await queries.invalidateQueries({ queryKey: webhooksKey });
    },
  });
  return (
    <FormDialog
      title="Remove the endpoint"
      submit="Remove"
      isDangerous
      error={removing.error}
      isSending={removing.isPending}
      onSubmit={() => removing.mutate()}
      onClose={onClose}
    >
      <Text style={{ overflowWrap: 'anywhere' }}>
        {url} is told nothing more, and what waits for it is not sent.
      </Text>
    </FormDialog>
  );
}
