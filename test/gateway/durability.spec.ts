import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../scripts/gateway/entries';
import { createGateway, type Gateway } from '../../scripts/gateway/gateway';
import type { Journal } from '../../scripts/gateway/journal';

/** A disk that takes its time until it is told to be done, or to break. */
function slowDisk() {
  let done = () => {};
  let fail = (_error: Error) => {};
  const written = new Promise<void>((resolve, reject) => {
    done = resolve;
    fail = reject;
  });
  written.catch(() => undefined);
  const journal: Journal<Entry> = {
    lines: [],
    torn: 0,
    append: () => written,
    settled: () => written,
    close: () => written,
  };
  return { journal, done, fail };
}

function authorise(gateway: Gateway, key: string, token = 'tok_ok') {
  const request = { order: '1', amount: 1000, currency: 'GBP', token } as const;
  return gateway.submit({ kind: 'authorisation', ...request }, key);
}

describe('a movement that is not on disk yet', () => {
  it('is neither answered nor listed before it is', async () => {
    const { journal, done } = slowDisk();
    const gateway = createGateway({ journal });
    const told: string[] = [];
    const tell = (what: string) => () => void told.push(what);
    const all = Promise.all([
      authorise(gateway, 'key').then(tell('answer')),
      authorise(gateway, 'fails', 'tok_fails_twice').then(tell('error')),
      gateway.outcomes('key').then(tell('charges')),
      gateway.ledger().then(tell('ledger')),
    ]);

    await new Promise(setImmediate);
    expect(told).toEqual([]);
    done();
    await all;
    expect(told).toHaveLength(4);
  });

  it('keeps its key until then', async () => {
    const { journal, done } = slowDisk();
    const gateway = createGateway({ journal });
    const first = authorise(gateway, 'key');
    expect(await authorise(gateway, 'key')).toEqual({ result: 'running' });
    done();
    expect(await first).toMatchObject({ result: 'moved', replayed: false });
    expect(await authorise(gateway, 'key')).toMatchObject({ result: 'moved', replayed: true });
  });

  it('is not claimed to have moved, nor not to have, when the disk breaks', async () => {
    const { journal, fail } = slowDisk();
    const gateway = createGateway({ journal });
    const answer = authorise(gateway, 'key');
    fail(new Error('disk full'));
    await expect(answer).rejects.toThrow('disk full');
    await expect(authorise(gateway, 'key')).rejects.toThrow('disk full');
    await expect(gateway.outcomes('key')).rejects.toThrow('disk full');
    await expect(gateway.ledger()).rejects.toThrow('disk full');
  });
});
