import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDocument } from '../docs/markdown';
import { readSchema, type SchemaName } from '../support/partner-schemas';
import { startSystem, type System } from '../support/system';

describe('the schemas of what is exchanged with partners', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  it('are answered to anybody at the addresses that docs/partners.md names', async () => {
    const named = [
      ...readDocument('docs/partners.md').matchAll(
        /`docs\/schemas\/([\w-]+)\.json` *\| *`GET (\S+)`/g,
      ),
    ];
    expect(named).toHaveLength(3);
    for (const [, name, address] of named) {
      const response = await fetch(`${system.url}${address}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(readSchema(name as SchemaName));
    }
  });

  it('are three, and no other file', async () => {
    const response = await fetch(`${system.url}/v1/partner-schemas/..%2f..%2fpackage`);
    expect(response.status).toBe(404);
  });
});
