import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { operations } from '../client/api';
import { api, dataOf } from '../client/client';

type Operation = keyof operations;

const permittedQuery = queryOptions({
  queryKey: ['me', 'calls'],
  queryFn: async () => dataOf(await api.GET('/v1/me/calls')).operations,
  staleTime: Infinity,
});

/** Whether the API lets the role of whoever is signed in make a call; taken for yes until it has said. */
export function useMay(operation: Operation): boolean {
  const { data } = useQuery(permittedQuery);
  return data?.includes(operation) ?? true;
}

/** A button that makes a call of the API, or says why it does not. */
export function MayButton({
  needs,
  onClick,
  ...rest
}: ButtonProps & {
  readonly needs: Operation;
  readonly onClick: () => void;
}) {
  const may = useMay(needs);
  return (
    <Tooltip label="Your role may look, but not change this." disabled={may}>
      <Button
        {...rest}
        onClick={may ? onClick : undefined}
        // Not `disabled`, so that the keyboard reaches the reason.
        data-disabled={!may || undefined}
        aria-disabled={!may || undefined}
      />
    </Tooltip>
  );
}
