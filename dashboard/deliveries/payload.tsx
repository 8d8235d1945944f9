import { Code, Group, Title } from '@mantine/core';
import { CopyText } from './copy-text';

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

/** What was sent or said, laid out for people; copied byte for byte. */
export function Payload({ body }: { readonly body: string }) {
  return (
    <section aria-labelledby="payload">
      <Group justify="space-between" mb={4}>
        <Title order={3} id="payload">
          What it says
        </Title>
        <CopyText text={body} label="Copy as sent" />
      </Group>
      {/* It scrolls, so the keyboard has to reach it. */}
      <Code block mah={360} style={{ overflow: 'auto' }} tabIndex={0}>
        {pretty(body)}
      </Code>
    </section>
  );
}
