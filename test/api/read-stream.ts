import type { Reply, System } from '../support/system';

export interface Sent {
  readonly id: string;
  readonly data: unknown;
}

/** Reads server-sent events until it has so many, then hangs up. */
export async function collect(
  { url, adminKey }: Pick<System, 'url' | 'adminKey'>,
  path: string,
  enough: (events: readonly Sent[]) => boolean,
  headers: Readonly<Record<string, string>> = {},
) {
  const hangUp = new AbortController();
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${adminKey}`, ...headers },
    signal: hangUp.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const events: Sent[] = [];
  let text = '';
  let isEnded = false;
  while (!enough(events) && !isEnded) {
    const { value, done } = await reader.read();
    isEnded = done;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (id !== undefined && data !== undefined) events.push({ id, data: JSON.parse(data) });
    }
  }
  hangUp.abort();
  return { response, events, isEnded };
}

/** The first events of a stream as if the last of them were the whole answer. */
export async function readStream(
  system: System,
  path: string,
  count: number,
  headers?: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { response, events } = await collect(
    system,
    path,
    ({ length }) => length >= count,
    headers,
  );
  return { status: response.status, headers: response.headers, body: events.at(-1)?.data };
}
