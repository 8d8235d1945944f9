import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { isProblem, Offline } from '../client/problem';

/** What is wrong with each field of a form, by the field's name, as the API said it. */
export function faultsOf(error: unknown): Readonly<Record<string, string>> {
  if (!isProblem(error, 422)) return {};
  const faults = error.problem?.errors ?? [];
  return Object.fromEntries(faults.map(({ pointer, detail }) => [pointer.slice(1), detail]));
}

/** What the API has against a field, by its JSON pointer and those beneath it. */
export function faultAt(error: unknown, pointer: string): string | undefined {
  if (!isProblem(error)) return undefined;
  const found = error.problem?.errors?.filter(
    (each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`),
  );
  return found?.map(({ detail }) => detail).join(' ') || undefined;
}

/** Why a form was not taken, unless it is said at its fields. */
export function FormFault({ error }: { readonly error: unknown }) {
  const isAtFields = Object.keys(faultsOf(error)).length > 0;
  return (
    <div role="alert">
      {Boolean(error) && !isAtFields && (
        <Alert color="red" icon={<IconAlertCircle size={18} aria-hidden />}>
          {error instanceof Offline
            ? 'The server cannot be reached. Look at your connection, then try again.'
            : (error as Error).message}
        </Alert>
      )}
    </div>
  );
}
