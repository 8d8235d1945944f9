import { Code, Tabs, Text } from '@mantine/core';
import type { Schemas } from '../client/client';

/** The words of a message as customers get them: their HTML, which runs no script here, and their plain text. */
export function Body({ message: { html, text } }: { readonly message: Schemas['WholeMessage'] }) {
  if (html === null && text === null) {
    return <Text c="dimmed">It is not written yet.</Text>;
  }
  return (
    <Tabs defaultValue="html">
      <Tabs.List mb="sm">
        <Tabs.Tab value="html">As it looks</Tabs.Tab>
        <Tabs.Tab value="text">Plain text</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="html">
        {/* An empty sandbox: no script, no form, no way to this page. */}
        <iframe
          title="The message as it looks"
          sandbox=""
          srcDoc={html ?? ''}
          style={{ width: '100%', height: '60vh', border: 0, borderRadius: 8, background: '#fff' }}
        />
      </Tabs.Panel>
      <Tabs.Panel value="text">
        <Code block dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </Code>
      </Tabs.Panel>
    </Tabs>
  );
}
