import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';
import { readCurl } from './curl';
import { blocksOf } from './markdown';

describe('the tour of README.md', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  it('goes as it says', async () => {
    // The tests of a run share one Temporal, and an order's number names its workflow.
    const number = `TOUR-${randomUUID()}`;
    const variables = { API: system.url, KEY: system.adminKey };
    const compared: { at: string; answer: unknown; expected: unknown }[] = [];
    let answer: unknown;
    for (const { language, words, text, at } of blocksOf('README.md')) {
      if (language === 'sh' && text.startsWith('curl')) {
        const { url, ...request } = readCurl(text.replaceAll('TOUR-1', number), variables);
        const response = await fetch(url, request);
        answer = JSON.parse((await response.text()).replaceAll(number, 'TOUR-1'));
      }
      if (words[0] === 'has') compared.push({ at, answer, expected: JSON.parse(text) });
    }
    expect(compared.length).toBeGreaterThan(4);
    for (const { at, answer: had, expected } of compared) {
      expect({ at, answer: had }).toMatchObject({ at, answer: expected });
    }
  });
});
