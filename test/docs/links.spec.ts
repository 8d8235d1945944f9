import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anchorsOf, documents, fromRoot, linksOf, readDocument, root } from './markdown';

const PICTURE_BYTES = 300_000;
/** Pages that are written elsewhere and linked already; a page that is there is held to everything. */
const toCome = ['docs/api.md', 'docs/performance.md'];

/** What is wrong with a link inside the repository; undefined when a reader gets where it says. */
function brokenness({ from, to }: { from: string; to: string }): string | undefined {
  if (/^[a-z]+:/.test(to)) return undefined;
  const [path = '', anchor] = to.split('#');
  const target = path === '' ? from : fromRoot(dirname(from), path);
  const isThere = existsSync(join(root, target));
  if (!isThere && toCome.includes(target)) return undefined;
  if (!isThere) return `${from} links to ${to}, which is not there.`;
  if (anchor === undefined || anchorsOf(target).includes(anchor)) return undefined;
  return `${from} links to ${to}; ${target} has no such heading.`;
}

describe('the documentation', () => {
  it.each(documents())('%s links to what is there', (path) => {
    expect(linksOf(path).flatMap((link) => brokenness(link) ?? [])).toEqual([]);
  });

  it('is linked from its index, every page of it', () => {
    const linked = linksOf('docs/README.md').map(({ to }) => join('docs', to));
    const pages = documents().filter((path) => path.startsWith('docs/'));
    expect(pages.filter((page) => page !== 'docs/README.md' && !linked.includes(page))).toEqual([]);
  });

  it('names only files that are there', () => {
    const named = documents()
      .filter((path) => !path.startsWith('docs/decisions/') && path !== 'docs/performance.md')
      .flatMap((path) =>
        [
          ...readDocument(path).matchAll(
            /`((?:machines|workflows|activities|api|db|scripts|test|examples|docs)\/[\w./-]+)`/g,
          ),
        ].map(([, file = '']) => ({ path, file })),
      );
    expect(named.filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
    expect(named.length).toBeGreaterThan(50);
  });

  it('has small pictures that some page shows', () => {
    const folder = join(root, 'docs/images');
    const pictures = existsSync(folder) ? readdirSync(folder) : [];
    const shown = documents()
      .flatMap(linksOf)
      .map(({ from, to }) => fromRoot(dirname(from), to));
    for (const picture of pictures) {
      expect(statSync(join(folder, picture)).size).toBeLessThan(PICTURE_BYTES);
      expect(shown).toContain(join('docs/images', picture));
    }
  });

  it('names every script of package.json that a reader is to run', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const run = documents().flatMap((path) =>
      [...readDocument(path).matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });
});
