import { describe, expect, it } from '@jest/globals';
import { defaults, readSettings, cacheDir } from '../../config';
import { readCommand } from '../../machines/commands';
import { letterColumns } from '../../machines/letters/file';
import { reasons } from '../../machines/tasks/reasons';
import { searchAttributes } from '../../workflows/search-attributes';
import { stepsOf } from './day';
import { readDocument } from './markdown';

const PATH = 'docs/operations.md';
const text = readDocument(PATH);

/** The rows of the table under "Settings": name and default as written. */
function settings(): Map<string, string> {
  const [, section = ''] = text.split('\n## Settings\n');
  const rows = section.split('\n## ')[0]?.matchAll(/^\| `([A-Z_]+)`\s*\| (.*?)\s*\|/gm) ?? [];
  return new Map([...rows].map(([, name = '', without = '']) => [name, without]));
}

/** The names that config.ts asks the environment for. */
function asked(): string[] {
  const names = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readSettings(environment);
  cacheDir(environment);
  return [...names];
}

describe('docs/operations.md', () => {
  it('has a row for each setting that config.ts reads, and no other', () => {
    expect([...settings().keys()].sort()).toEqual(asked().sort());
  });

  it('says the defaults that config.ts has', () => {
    const written = settings();
    const said = {
      PORT: String(defaults.port),
      HOST: defaults.host,
      DATABASE_POOL: String(defaults.databasePool),
      TEMPORAL_ADDRESS: defaults.temporalAddress,
      TEMPORAL_NAMESPACE: defaults.temporalNamespace,
      TASK_QUEUE: defaults.taskQueue,
      GATEWAY_URL: defaults.gatewayUrl,
      DATA_DIR: defaults.dataDir,
      DELIVERY_RETRIES: defaults.deliveryRetries,
      LOG_LEVEL: defaults.logLevel,
    };
    for (const [name, value] of Object.entries(said)) expect(written.get(name)).toContain(value);
  });

  it('shows commands for the Temporal Web UI that are commands', () => {
    const commands = stepsOf(PATH).map(({ body }) => body);
    expect(commands.map((command) => readCommand(command))).toEqual(
      commands.map((command) => ({ command })),
    );
    const inline = [...text.matchAll(/--input '([^']+)'/g)].map(([, json = '']) => json);
    for (const json of inline) expect(readCommand(JSON.parse(json))).toHaveProperty('command');
    expect(commands.length + inline.length).toBeGreaterThan(3);
  });

  it('names the search attributes there are', () => {
    const named = [...text.matchAll(/\bConveyor[A-Z]\w+/g)].map(([name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(searchAttributes).sort());
  });

  it('has every column of a partner’s file, in their order', () => {
    const [, section = ''] = text.split('\n### Files for partners\n');
    const rows = section.split('\n## ')[0]?.matchAll(/^\| (`.*?`) +\|/gm) ?? [];
    const named = [...rows].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(named).toEqual(letterColumns);
  });

  it('explains every reason for a task that there is', () => {
    const all = Object.keys(reasons);
    expect(all.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
  });
});
