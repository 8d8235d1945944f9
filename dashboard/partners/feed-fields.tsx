import { Fieldset, Select, Stack, TextInput } from '@mantine/core';
import type { Form } from './fields';
import type { PartnerValues } from './form-values';

const kinds: readonly { value: PartnerValues['feed']; label: string }[] = [
  { value: 'none', label: 'It calls us' },
  { value: 'http', label: 'Fetched from an address' },
  { value: 'folder', label: 'Fetched from a folder of ours' },
];

/** How the partner's own messages come. */
export function FeedFields({ form }: { readonly form: Form }) {
  const { feed } = form.values;
  return (
    <Fieldset legend="How it tells us">
      <Stack gap="sm">
        <Select
          label="Its messages"
          data={kinds}
          value={feed}
          allowDeselect={false}
          onChange={(kind) => kind && form.set({ feed: kind })}
        />
        {feed === 'http' && (
          <TextInput
            label="Address of its feed"
            type="url"
            required
            {...form.text('feedUrl', '/feed/url')}
          />
        )}
        {feed === 'folder' && (
          <TextInput
            label="Folder of its files"
            description="In the folder of exchanged files, such as acme/in."
            required
            {...form.text('feedFolder', '/feed/path')}
          />
        )}
        {feed !== 'none' && (
          <TextInput
            label="Every so many seconds"
            inputMode="numeric"
            required
            {...form.text('everySeconds', '/feed/everySeconds')}
          />
        )}
      </Stack>
    </Fieldset>
  );
}
