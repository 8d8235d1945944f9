import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { defaults } from '../../config';
import { letterColumns } from '../../machines/letters/file';
import { saidColumns, saidInCsv } from '../../machines/letters/said-csv';
import { readSaid } from '../../machines/letters/saying';
import { listen } from '../../scripts/partner-check/listening';
import { faultsOf, readSchema, type JsonSchema } from '../support/partner-schemas';
import { anchorsOf, blocksOf, readDocument, root } from './markdown';

const PATH = 'docs/partners.md';
const text = readDocument(PATH);
const [letter, message] = [readSchema('letter-v1'), readSchema('message-v1')];

const examples = (word: string) =>
  blocksOf(PATH)
    .filter(({ words }) => words[0] === word)
    .map(({ at, text: body }) => [at, body] as const);

/** The rows of the document's tables, their cells without the blanks that line them up. */
const rows = new Set(
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1).join(' | ')),
);

/** A schema's fields as rows: the name, whether it is always there, the description. */
function rowsOf({ properties = {}, required = [] }: JsonSchema): string[] {
  return Object.entries(properties)
    .filter(([, field]) => field.const === undefined || field.description !== undefined)
    .map(([name, { description = '' }]) =>
      [`\`${name}\``, required.includes(name) ? 'always' : '', description].join(' | '),
    );
}

/** A schema, and every one that it is made of. */
function allOf(schema: JsonSchema): JsonSchema[] {
  const inner = [schema.$defs, schema.properties].flatMap((each) => Object.values(each ?? {}));
  return [schema, ...inner.flatMap(allOf)];
}

describe('docs/partners.md', () => {
  it.each([
    ['letters', letter],
    ['messages', message],
  ])('has a row for each field of %s, in the words of its schema', (_, schema) => {
    const expected = allOf(schema).flatMap(rowsOf);
    expect(expected.length).toBeGreaterThan(8);
    expect(expected.filter((row) => !rows.has(row))).toEqual([]);
  });

  it.each(examples('letter'))(
    'shows a letter as the schema has it, and no other: %s',
    (_, body) => {
      expect(faultsOf('letter-v1', JSON.parse(body))).toEqual([]);
    },
  );

  it.each(examples('message').filter(([, body]) => body.startsWith('{')))(
    'shows a message that is understood: %s',
    (_, body) => {
      expect(faultsOf('message-v1', JSON.parse(body))).toEqual([]);
      expect(readSaid(JSON.parse(body))).toEqual({ said: JSON.parse(body) });
    },
  );

  it('would not show a field that the schema does not have, at any depth', () => {
    const [[, body = ''] = []] = examples('letter');
    const letterOf = (more: object) => ({ ...(JSON.parse(body) as object), ...more });
    const [line] = (JSON.parse(body) as { lines: object[] }).lines;
    expect(faultsOf('letter-v1', letterOf({ mood: 1 }))).not.toEqual([]);
    expect(faultsOf('letter-v1', letterOf({ shipTo: { mood: 1 } }))).not.toEqual([]);
    expect(faultsOf('letter-v1', letterOf({ lines: [{ ...line, mood: 1 }] }))).not.toEqual([]);
  });

  it('shows a message of each type', () => {
    const types = examples('message').flatMap(
      ([, body]) => /"type": "(\w+)"/.exec(body)?.[1] ?? [],
    );
    expect([...new Set(types)].sort()).toEqual([...(message.properties?.type?.enum ?? [])].sort());
  });

  it('shows a page of a feed', () => {
    const [[, body = ''] = []] = examples('page');
    expect(faultsOf('feed-v1', JSON.parse(body))).toEqual([]);
  });

  it('says how often a letter is tried', () => {
    expect(defaults.deliveryRetries).toBe('5s,30s,2m,10m,30m,1h,2h,4h,8h,12h,24h,24h,24h');
    expect(text).toContain(
      'after 5 seconds, 30 seconds, 2, 10 and 30 minutes, 1, 2, 4, 8 and 12 hours, then daily for three days',
    );
  });

  it('names the columns of a CSV file, in their order', () => {
    const [, section = ''] = text.split('\n## Files instead of HTTP\n');
    const [own = ''] = section.split('\n## ');
    const named = [...own.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(named).toEqual(letterColumns);
  });

  it('shows a CSV file of messages that are understood', () => {
    const [, csv = ''] = examples('message').find(([, body]) => body.startsWith('id,')) ?? [];
    expect(csv.split('\n')[0]).toBe(saidColumns.join(','));
    expect(text).toContain(`\`${saidColumns.join(',')}\``);
    const read = saidInCsv(`${csv}\n`);
    const items = 'items' in read ? read.items : [];
    expect(items.map(({ sent }) => readSaid(sent))).toMatchObject([
      { said: { id: 'acme-1', type: 'accepted' } },
      { said: { id: 'acme-2', type: 'shipped', lines: [{ id: 'A' }, { id: 'B' }] } },
    ]);
  });

  it('has a signature to try one’s own code with', () => {
    const [secret = '', id = '', timestamp = '', body = '', signature] = [
      ...['secret', 'id', 'timestamp', 'body', 'signature'],
    ].map((what) => new RegExp(`^\\| ${what} +\\| \`(.+)\``, 'm').exec(text)?.[1]);
    const at = new Date(Number(timestamp) * 1000);
    expect(new Webhook(secret).sign(id, at, body)).toBe(signature);
  });

  it('says something by hand, and is heard', async () => {
    const [, secret = ''] = /SECRET=(whsec_\S+)/.exec(text) ?? [];
    const ear = await listen('http://127.0.0.1:0', secret);
    const [block] = blocksOf(PATH).filter(({ language }) => language === 'sh');
    const script = block?.text.replace('https://shop.example', ear.url.replace(/\/$/, '')) ?? '';
    await promisify(execFile)('bash', ['-ec', script]);
    await ear.close();
    expect(ear.heard).toMatchObject([{ id: 'accepted-1', answered: 503 }]);
    expect(readSaid(JSON.parse(ear.heard[0]?.body ?? ''))).toHaveProperty('said');
  });

  it('has the headings that the check sends its reader to', () => {
    const folder = join(root, 'scripts/partner-check');
    const named = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/docs\/partners\.md#([\w-]+)/g)].map(
        ([, anchor]) => anchor,
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((anchor) => !anchorsOf(PATH).includes(anchor ?? ''))).toEqual([]);
  });
});
