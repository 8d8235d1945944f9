import { Button, Drawer, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../client/client';
import { faultAt } from '../parts/faults';
import { SecretDialog, type NewSecret } from '../deliveries/secret';
import { Refused } from '../parts/refused';
import { FeedFields } from './feed-fields';
import type { FieldProps, Form } from './fields';
import { putOf, valuesOf, type PartnerValues } from './form-values';
import { partnersKey, type Partner } from './queries';
import { TermsFields } from './terms-fields';
import { TransportFields } from './transport-fields';

/** Registers a partner, or changes one; a new one's secret is shown once it is saved. */
export function PartnerDrawer({
  opened,
  onClose,
  partner,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Absent: a new one. */
  readonly partner?: Partner;
}) {
  const [secret, setSecret] = useState<NewSecret>();
  return (
    <>
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        size="lg"
        title={partner ? `Change ${partner.name}` : 'Add a partner'}
      >
        <PartnerForm
          partner={partner}
          onClose={onClose}
          onSaved={(made) => {
            if (made.secret !== null) setSecret({ secret: made.secret, of: made.partner.name });
            onClose();
          }}
        />
      </Drawer>
      <SecretDialog shown={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

function PartnerForm({
  partner,
  onClose,
  onSaved,
}: {
  readonly partner: Partner | undefined;
  readonly onClose: () => void;
  readonly onSaved: (made: { readonly partner: Partner; readonly secret: string | null }) => void;
}) {
  const queries = useQueryClient();
  const [values, setValues] = useState<PartnerValues>(() => valuesOf(partner));
  const saving = useMutation({
    mutationFn: async () => {
      const params = { path: { code: values.code } };
      return dataOf(await api.PUT('/v1/partners/{code}', { params, body: putOf(values) }));
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: partnersKey });
      onSaved(made);
    },
  });
  const form: Form = {
    values,
    set: (changes) => setValues((before) => ({ ...before, ...changes })),
    text: (name, pointer): FieldProps => ({
      value: values[name],
      onChange: ({ currentTarget: { value } }) =>
        setValues((before) => ({ ...before, [name]: value })),
      error: faultAt(saving.error, pointer),
    }),
    faultAt: (pointer) => faultAt(saving.error, pointer),
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          required
          dir="auto"
          data-autofocus
          {...form.text('name', '/name')}
        />
        {!partner && (
          <TextInput
            label="Code"
            description="Small letters, digits and -. It stays: lines of orders name it."
            required
            {...form.text('code', '/code')}
          />
        )}
        <Switch
          label="Active"
          description="Nothing is sent to a partner that is not."
          checked={values.active}
          onChange={({ currentTarget }) => form.set({ active: currentTarget.checked })}
        />
        <TransportFields form={form} hasCredential={partner?.hasCredential ?? false} />
        <FeedFields form={form} />
        <TermsFields form={form} />
        <Refused error={saving.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {partner ? 'Save' : 'Add the partner'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
