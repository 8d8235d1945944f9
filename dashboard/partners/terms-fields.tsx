import { Checkbox, Fieldset, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { Form } from './fields';

/** What the partner can do, and how long it is waited for. */
export function TermsFields({ form }: { readonly form: Form }) {
  return (
    <>
      <Fieldset legend="What it can do">
        <Stack gap="sm">
          <Can form={form} name="accepts" label="Answers what it is asked">
            Else whatever reached it counts as accepted.
          </Can>
          <Can form={form} name="cancellations" label="Reads cancellations">
            Else people are asked to call it.
          </Can>
          <Can form={form} name="partial" label="Sends an order in several parcels" />
        </Stack>
      </Fieldset>
      <Fieldset legend="Patience, in hours">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            What you leave empty is as the shop says for all partners.
          </Text>
          <Patience form={form} step="accept" title="Until it answers" />
          <Patience form={form} step="ship" title="Until everything has left" />
        </Stack>
      </Fieldset>
    </>
  );
}

function Can({
  form,
  name,
  label,
  children,
}: {
  readonly form: Form;
  readonly name: 'accepts' | 'cancellations' | 'partial';
  readonly label: string;
  readonly children?: string;
}) {
  return (
    <Checkbox
      label={label}
      description={children}
      checked={form.values[name]}
      onChange={({ currentTarget }) => form.set({ [name]: currentTarget.checked })}
    />
  );
}

function Patience({
  form,
  step,
  title,
}: {
  readonly form: Form;
  readonly step: 'accept' | 'ship';
  readonly title: string;
}) {
  const of = `/terms/${step}`;
  const fault = form.faultAt(of);
  return (
    <div role="group" aria-label={title}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
        <Hours label="Remind after" {...form.text(`${step}Remind`, of)} isWrong={!!fault} />
        <Hours label="Ask people after" {...form.text(`${step}Escalate`, of)} isWrong={!!fault} />
        <Hours label="Give up after" {...form.text(`${step}GiveUp`, of)} isWrong={!!fault} />
      </SimpleGrid>
      {fault !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4}>
          {fault}
        </Text>
      )}
    </div>
  );
}

function Hours({
  isWrong,
  error: _,
  ...rest
}: ReturnType<Form['text']> & { readonly label: string; readonly isWrong: boolean }) {
  return <TextInput {...rest} inputMode="decimal" error={isWrong} />;
}
