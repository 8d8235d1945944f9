import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { isProblem, Offline } from '../client/problem';

/** What a form says when what it sent was refused, or did not arrive; what was typed stays. */
export function Refused({ error }: { readonly error: unknown }) {
  if (!error) return null;
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={titleOf(error)}
    >
      {error instanceof Offline
        ? 'Look at your connection and send it again: it is done once only.'
        : String((error as Error).message)}
    </Alert>
  );
}

function titleOf(error: unknown): string {
  if (error instanceof Offline) return 'The server cannot be reached';
  return isProblem(error) ? error.title : 'Something went wrong';
}
