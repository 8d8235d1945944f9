import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(__dirname, '../..');
const rules = fs.readFileSync(path.join(root, 'docs/rules.md'), 'utf8');

interface Row {
  readonly rule: string;
  readonly shownBy: string;
}

/** The rows of its tables: a rule, and where it is shown. */
function rowsOf(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const [, rule = '', shownBy = ''] = line.split('|').map((cell) => cell.trim());
    const isRow =
      line.startsWith('|') && rule !== 'Rule' && rule !== 'Thread' && !/^-+$/.test(rule);
    return isRow ? [{ rule, shownBy }] : [];
  });
}

/** Each `file` and the title of a test in it, one or more in a cell. */
function testsIn(shownBy: string): { readonly file: string; readonly title: string }[] {
  return shownBy.split('<br>').map((each) => {
    const [, file = '', title = ''] = /^`([^`]+)` (.+)$/.exec(each.trim()) ?? [];
    return { file, title };
  });
}

const sources = new Map<string, string>();

function sourceOf(file: string): string {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const there = path.join(root, file);
  const source = fs.existsSync(there) ? fs.readFileSync(there, 'utf8') : '';
  sources.set(file, source.replaceAll("\\'", "'"));
  return sources.get(file) as string;
}

describe('docs/rules.md', () => {
  const rows = rowsOf(rules);

  it('has many rules', () => {
    expect(rows.length).toBeGreaterThan(50);
  });

  it('shows each rule by a test that is there, by its name', () => {
    const lost = rows.flatMap(({ rule, shownBy }) =>
      testsIn(shownBy)
        .filter(({ file, title }) => title === '' || !sourceOf(file).includes(title))
        .map(({ file, title }) => `${rule}: no test "${title}" in ${file}`),
    );
    expect(lost).toEqual([]);
  });

  it('says each rule once', () => {
    const said = rows.map(({ rule }) => rule);
    expect(said.filter((rule, index) => said.indexOf(rule) !== index)).toEqual([]);
  });
});
