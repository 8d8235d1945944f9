import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { FormFault, faultsOf } from '../parts/faults';
import { useIntent } from '../client/intent';
import { textsOf } from '../parts/texts';
import { keysQuery } from './queries';
import { RoleFields, type RoleChoice } from './role-fields';
import { keyRoles } from './roles';

/** Makes a key; `onMade` gets it, which nobody else does ever after. */
export function KeyForm({ onMade }: { readonly onMade: (made: Schemas['CreatedApiKey']) => void }) {
  const [choice, setChoice] = useState<RoleChoice<Schemas['ApiKey']['role']>>({
    role: keyRoles[0],
  });
  const queries = useQueryClient();
  const keyFor = useIntent();
  const make = useMutation({
    mutationFn: async (name: string) => {
      const body = { name, ...choice };
      return dataOf(await api.POST('/v1/keys', { params: { header: keyFor(body) }, body }));
    },
    onSuccess: onMade,
    onSettled: () => queries.invalidateQueries(keysQuery),
  });
  const faults = faultsOf(make.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(textsOf(event.currentTarget).name ?? '');
      }}
    >
      <Stack>
        <TextInput
          name="name"
          label="Name"
          description="Shown beside everything that is done with the key."
          placeholder="Shop window"
          error={faults.name}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <RoleFields roles={keyRoles} value={choice} onChange={setChoice} fault={faults.partner} />
        <FormFault error={make.error} />
        <Button type="submit" loading={make.isPending}>
          Make the key
        </Button>
      </Stack>
    </form>
  );
}
