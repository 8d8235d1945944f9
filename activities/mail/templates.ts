import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import mjml2html from 'mjml';

/** A message in words. */
export interface Written {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes a message of a kind; throws a sentence when there is no template of that kind. */
export type WriteMessage = (kind: string, about: object) => Written;

export interface LoadedTemplates {
  readonly write: WriteMessage;
  /** What is missing or does not compile, a sentence each. */
  readonly faults: readonly string[];
}

const parts = { subject: 'subject.txt', text: 'text.txt', html: 'html.mjml' } as const;
type Part = keyof typeof parts;
const LAYOUT = 'layout.mjml';
const PLACE = '<!-- message -->';
/** What a template may take: it is a shop's own text, but a slip in it must not hold up the others. */
const bounds = { parseLimit: 1e6, renderLimit: 5_000, memoryLimit: 1e7, templates: {} };

const plain = new Liquid({ ...bounds, strictFilters: true });
/** Every value is escaped; nothing that a customer wrote becomes HTML. */
const escaped = new Liquid({ ...bounds, strictFilters: true, outputEscape: 'escape' });

/**
 * Loads the templates of these kinds and of all others that are there. Each file is taken from the first
 * folder that has it, so that a shop replaces what it likes.
 */
export async function loadTemplates(
  folders: readonly string[],
  kinds: readonly string[],
): Promise<LoadedTemplates> {
  const faults: string[] = [];
  const there = (await Promise.all(folders.map(kindsIn))).flat();
  const layout = (await firstOf(folders, LAYOUT)) ?? PLACE;
  const compiled = new Map<string, Record<Part, Template[]>>();
  for (const kind of new Set([...kinds, ...there])) {
    const found: Partial<Record<Part, Template[]>> = {};
    for (const part of Object.keys(parts) as Part[]) {
      const file = `${kind}/${parts[part]}`;
      const text = await firstOf(folders, file);
      if (text === undefined) {
        faults.push(
          `The message ${kind} has no ${parts[part]}: write it as messages/${file} beside the shop's table.`,
        );
        continue;
      }
      try {
        found[part] = part === 'html' ? await compileHtml(layout, text) : plain.parse(text);
      } catch (error) {
        faults.push(`messages/${file} does not compile: ${sentence(error)}`);
      }
    }
    const { subject, text, html } = found;
    if (subject && text && html) compiled.set(kind, { subject, text, html });
  }
  return {
    faults,
    write(kind, about) {
      const template = compiled.get(kind);
      if (!template)
        throw new Error(
          `There is no template of the message ${kind}: write messages/${kind}/ beside the shop's table and start the worker again.`,
        );
      const subject = text(plain, template.subject, about).replace(/\s+/g, ' ').trim();
      return {
        subject,
        text: `${text(plain, template.text, about).trim()}\n`,
        html: text(escaped, template.html, { ...about, subject }),
      };
    },
  };
}

function text(engine: Liquid, template: Template[], about: object): string {
  return engine.renderSync(template, about) as string;
}

/** MJML is compiled once, with the values' places still in it. */
async function compileHtml(layout: string, text: string): Promise<Template[]> {
  const isWhole = /^\s*<mjml[\s>]/.test(text);
  const mjml = isWhole ? text : layout.replace(PLACE, () => text);
  const { html, errors } = await mjml2html(mjml, { validationLevel: 'soft' });
  const [error] = errors;
  if (error) throw new Error(error.formattedMessage);
  return escaped.parse(html);
}

async function kindsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(absent);
  return (entries ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function firstOf(folders: readonly string[], file: string): Promise<string | undefined> {
  for (const folder of folders) {
    const text = await readFile(path.join(folder, file), 'utf8').catch(absent);
    if (text !== undefined) return text;
  }
  return undefined;
}

function absent(error: unknown): undefined {
  if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
  throw error;
}

function sentence(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
