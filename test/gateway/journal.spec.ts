import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Entry } from '../../scripts/gateway/entries';
import { createGateway } from '../../scripts/gateway/gateway';
import { openJournal } from '../../scripts/gateway/journal';
import { charge } from '../../scripts/gateway/views';
import { temporaryDirectory } from './running-gateway';

describe('the journal', () => {
  let file: string;
  let remove: () => void;

  beforeEach(() => {
    const temporary = temporaryDirectory();
    remove = temporary.remove;
    file = path.join(temporary.directory, 'deeper', 'journal.ndjson');
  });
  afterEach(() => remove());

  it('gives back what was written, in order, also when many write at once', async () => {
    const first = openJournal<number>(file);
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    await Promise.all(numbers.map((number) => first.append(number)));
    await first.close();

    const second = openJournal<number>(file);
    expect(second.lines).toEqual(numbers);
    expect(second.torn).toBe(0);
    await second.close();
  });

  it('has a line on disk before it says so', async () => {
    const journal = openJournal<string>(file);
    await journal.append('first');
    expect(readFileSync(file, 'utf8')).toBe('"first"\n');

    void journal.append('second');
    await journal.settled();
    expect(readFileSync(file, 'utf8')).toBe('"first"\n"second"\n');
    await journal.close();
  });

  it('cuts off a last line that was being written when the process was killed, and goes on after it', async () => {
    const killed = openJournal<string>(file);
    await killed.append('whole');
    await killed.close();
    appendFileSync(file, '"to');

    const next = openJournal<string>(file);
    expect(next.lines).toEqual(['whole']);
    expect(next.torn).toBe(3);
    await next.append('next');
    await next.close();
    expect(readFileSync(file, 'utf8')).toBe('"whole"\n"next"\n');
  });

  it('does not open when a whole line is damaged, rather than forget a movement', async () => {
    const journal = openJournal<string>(file);
    await journal.close();
    writeFileSync(file, '"whole"\n"to\n"whole"\n');
    expect(() => openJournal(file)).toThrow(/Line 2 of .* is not JSON/);
  });

  it('is read as it was written before cards said what they can', async () => {
    const key = '100001-1-authorise';
    const line = {
      ...{ entry: 'moved', key, at: new Date().toISOString() },
      fingerprint: '9cWq2Kxht1tFgkvFbkXsyuqyDqmwpQTVyjZZ4JJWziA',
      ...{ kind: 'authorisation', order: '1', amount: 1000, currency: 'GBP', token: 'tok_ok' },
      ...{ reference: 'auth_1', authorisation: 'auth_1', expiresAt: '2999-11-23T10:00:00.000Z' },
    };
    const older = openJournal<object>(file);
    await older.append(line);
    await older.close();

    const journal = openJournal<Entry>(file);
    const gateway = createGateway({ journal });
    const [known] = (await gateway.outcomes(key)) ?? [];
    expect(known && charge(known)).toMatchObject({ can: { captures: 'many', renewable: true } });
    const request = { order: '1', amount: 1000, currency: 'GBP', token: 'tok_ok' };
    const again = await gateway.submit({ kind: 'authorisation', ...request }, key);
    expect(again).toMatchObject({ result: 'moved', replayed: true });
    await journal.close();
  });

  it('takes nothing after it was closed', async () => {
    const journal = openJournal<string>(file);
    const last = journal.append('last');
    await journal.close();
    await expect(last).resolves.toBeUndefined();
    await expect(journal.append('late')).rejects.toThrow('closed');
    await expect(journal.settled()).rejects.toThrow('closed');
    expect(readFileSync(file, 'utf8')).toBe('"last"\n');
  });
});
