import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemKinds } from '../../api/problem-kinds';
import { readCurl } from '../docs/curl';
import { blocksOf, readDocument } from '../docs/markdown';
import { startSystem, type System } from '../support/system';

const PATH = 'docs/api.md';

describe('docs/api.md', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  it('says what each of its requests is answered, and each is', async () => {
    const blocks = blocksOf(PATH);
    const asked = blocks.filter(
      ({ language, text }) => language === 'sh' && text.startsWith('curl'),
    );
    // Tests share one Temporal, where an order's workflow is named for its number alone.
    const number = `WEB-${Date.now()}`;
    const here = (text: string) => text.replaceAll('WEB-4711', number);
    for (const block of asked) {
      const variables = { API: system.url, KEY: system.adminKey };
      const { method, url, headers, body } = readCurl(here(block.text), variables);
      const response = await fetch(url, { method, headers, ...(body && { body }) });
      const told = blocks[blocks.indexOf(block) + 1]?.text ?? '';
      const [, status, json = '{}'] = /^(\d{3})\n([^]*)$/.exec(here(told)) ?? [];
      const answer = { at: block.at, status: response.status, body: await response.json() };
      expect(answer).toMatchObject({
        at: block.at,
        status: Number(status),
        body: JSON.parse(json),
      });
    }
    expect(asked).toHaveLength(18);
  });

  it('lists every problem under its status', () => {
    const rows = [...readDocument(PATH).matchAll(/^\| (\d{3}) +\| (.*?) *\|$/gm)];
    const listed = rows.flatMap(([, status, codes]) =>
      (codes ?? '').split(', ').map((code) => `${status} ${code.replaceAll('`', '')}`),
    );
    const known = Object.entries(problemKinds).map(([code, { status }]) => `${status} ${code}`);
    expect(listed.sort()).toEqual(known.sort());
  });
});
