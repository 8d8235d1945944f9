import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { isProblem } from '../client/problem';
import type { CommandBody } from '../forms/form';
import { newKey } from '../client/intent';
import { commandQuery, sendCommand } from './queries';

interface Intent {
  readonly says: string;
  readonly key: string;
}

/** What was answered for good: the order's own no, or a request that is none. Anything else may have happened, or may yet. */
const isFinal = (error: unknown) =>
  isProblem(error) &&
  (error.problem?.command !== undefined || (error.status < 500 && error.status !== 409));

/**
 * Sends one command. The same command is the same intent, with one key, however often it is sent; after an answer
 * for good, sending it again is another.
 */
export function useSending(number: string) {
  const intent = useRef<Intent>(undefined);
  const send = useMutation({
    mutationFn: async (asked: { readonly command: CommandBody; readonly version: number }) => {
      const says = JSON.stringify(asked);
      if (intent.current?.says !== says) intent.current = { says, key: newKey() };
      return sendCommand(number, asked.command, {
        key: intent.current.key,
        version: asked.version,
      });
    },
    onError: (error) => {
      if (isFinal(error)) intent.current = undefined;
    },
  });

  const { command } = send.data ?? {};
  const pending = command?.outcome === 'pending' ? command.id : undefined;
  const followed = useQuery({
    ...commandQuery(number, pending ?? ''),
    enabled: pending !== undefined,
  });
  const outcome = followed.data?.outcome ?? command?.outcome;

  return {
    /** What was answered, once it is done. */
    done: outcome === 'done' ? send.data : undefined,
    send: send.mutate,
    forget: send.reset,
    isSending: send.isPending,
    isPending: outcome === 'pending',
    error: send.error,
    /** Why the order refused what it had taken before. */
    refusal: outcome === 'refused' ? followed.data?.refusal : undefined,
  };
}
