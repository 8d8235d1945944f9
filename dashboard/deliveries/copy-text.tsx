import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Puts a text into the clipboard, and says that it did. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => {
        const Icon = copied ? IconCheck : IconCopy;
        return (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={copy}
            leftSection={<Icon size={16} aria-hidden />}
          >
            <span aria-live="polite">{copied ? 'Copied' : label}</span>
          </Button>
        );
      }}
    </CopyButton>
  );
}
