import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';
import type { CommandBody } from '../forms/form';

const asCommand = (command: CommandBody) => command as unknown as Schemas['Command'];
const etag = (version: number) => `"${version}"`;

/** What a command would do to the order at this version, or the refusal. */
export const previewQuery = (number: string, version: number, command: CommandBody) =>
  queryOptions({
    queryKey: orderKey(number, 'preview', version, command),
    queryFn: async ({ signal }) => {
      const answer = await api.POST('/v1/orders/{number}/commands', {
        params: {
          path: { number },
          query: { preview: 'true' },
          header: { 'If-Match': etag(version) },
        },
        body: asCommand(command),
        signal,
      });
      return dataOf(answer) as Schemas['Preview'];
    },
    staleTime: Infinity,
    gcTime: 30_000,
  });

/** What became of a command, in the words of the API. */
export type Sent = Schemas['CommandDone'] | Schemas['CommandPending'];

/** Sends a command, under a key that makes a second time harmless; with a version, only if the order still is at it. */
export async function sendCommand(
  number: string,
  command: CommandBody,
  { key, version }: { readonly key: string; readonly version?: number },
): Promise<Sent> {
  const ifMatch = version === undefined ? {} : { 'If-Match': etag(version) };
  const answer = await api.POST('/v1/orders/{number}/commands', {
    params: { path: { number }, header: { 'Idempotency-Key': key, ...ifMatch } },
    body: asCommand(command),
  });
  return dataOf(answer) as Sent;
}

/** A command that was taken and is not done yet; it is asked again until it is. */
export const commandQuery = (number: string, id: string) =>
  queryOptions({
    queryKey: orderKey(number, 'command', id),
    queryFn: async () => {
      const params = { path: { number, id } };
      return dataOf(await api.GET('/v1/orders/{number}/commands/{id}', { params })).command;
    },
    refetchInterval: ({ state }) => (state.data?.outcome === 'pending' ? 1_000 : false),
  });

/** What happened to an order after a place in its history. */
export const sinceQuery = (number: string, seq: number) =>
  queryOptions({
    queryKey: orderKey(number, 'since', seq),
    queryFn: async () => {
      const params = { path: { number }, query: { cursor: String(seq) } };
      return dataOf(await api.GET('/v1/orders/{number}/events', { params })).events;
    },
  });
