import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/** A fenced block of a document: its language, the words after it, its text, and where it is. */
export interface Block {
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
  /** The nearest heading above it. */
  readonly heading: string;
  /** `docs/file.md:12`, for the name of a test. */
  readonly at: string;
}

/** The text of a document, by its path from the root of the repository. */
export function readDocument(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every Markdown file that a reader is sent to, by its path from the root. */
export function documents(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const markdown = inDocs.filter((file) => file.endsWith('.md')).map((file) => join('docs', file));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdown.sort()];
}

/** The fenced blocks of a document, in order. */
export function blocksOf(path: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { fence: string; info: string; line: number; text: string[] } | undefined;
  readDocument(path)
    .split('\n')
    .forEach((text, index) => {
      if (open && text.trim() === open.fence) {
        const [language = '', ...words] = open.info.split(/\s+/);
        const at = `${path}:${open.line}`;
        blocks.push({ language, words, text: open.text.join('\n'), heading, at });
        open = undefined;
      } else if (open) {
        open.text.push(text);
      } else {
        const [, fence, info = ''] = /^\s*(`{3,})(.*)$/.exec(text) ?? [];
        if (fence) open = { fence, info: info.trim(), line: index + 1, text: [] };
        else heading = /^#+ (.*)$/.exec(text)?.[1] ?? heading;
      }
    });
  return blocks;
}

/** A document without its fenced blocks and code spans: what is prose. */
export function proseOf(path: string): string {
  return readDocument(path)
    .replaceAll(/^\s*(`{3,})[^]*?^\s*\1$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

/** Every link and image of a document. */
export function linksOf(path: string): Link[] {
  return [...proseOf(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => ({ from: path, to }));
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(path: string): string[] {
  const headings = proseOfHeadings(path);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

function proseOfHeadings(path: string): string[] {
  const text = readDocument(path).replaceAll(/^\s*(`{3,})[^]*?^\s*\1$/gm, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
}

/** A path as a document names it, from the root of the repository. */
export function fromRoot(...parts: string[]): string {
  return relative(root, resolve(root, ...parts));
}
