import { Button, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { FormFault } from '../parts/faults';
import { useIntent } from '../client/intent';
import { keysQuery } from './queries';

const graces = [
  { value: '0', label: 'At once' },
  { value: '3600', label: 'In an hour' },
  { value: '86400', label: 'Tomorrow at this time' },
  { value: '604800', label: 'In a week' },
];

/** Makes a new key in the place of one, which goes on for a while if told to. */
export function RotateKey({
  apiKey: { id, name },
  onMade,
}: {
  readonly apiKey: Schemas['ApiKey'];
  readonly onMade: (made: Schemas['CreatedApiKey']) => void;
}) {
  const [grace, setGrace] = useState('86400');
  const queries = useQueryClient();
  const keyFor = useIntent();
  const rotate = useMutation({
    mutationFn: async () => {
      const body = { graceSeconds: Number(grace) };
      const params = { path: { id }, header: keyFor(body) };
      return dataOf(await api.POST('/v1/keys/{id}/rotate', { params, body }));
    },
    onSuccess: onMade,
    onSettled: () => queries.invalidateQueries(keysQuery),
  });
  return (
    <Stack>
      <Text>A new key of the same name and role takes the place of “{name}”.</Text>
      <Select
        label="The old key ends"
        description="Until then both work, so that nothing stands still while you change it over."
        data={graces}
        value={grace}
        onChange={(value) => setGrace(value ?? grace)}
        allowDeselect={false}
      />
      <FormFault error={rotate.error} />
      <Button onClick={() => rotate.mutate()} loading={rotate.isPending}>
        Make the new key
      </Button>
    </Stack>
  );
}
