import { mkdir, open, realpath, rename } from 'node:fs/promises';
import path from 'node:path';
import type { LetterFile } from '../../machines/letters/file';
import type { Letter, TestLetter } from '../../machines/letters/letters';
import type { Carrier } from './carrier';

export interface FolderWay {
  /** Absolute: no file is put anywhere else. */
  readonly exchangeDir: string;
  readonly fileOf: (letter: Letter | TestLetter) => LetterFile;
}

/** Puts each letter into a folder as a file, under its name only when it is whole. */
export function createFolderCarrier({ exchangeDir, fileOf }: FolderWay): Carrier<'folder'> {
  return async ({ transport, letter }) => {
    const { name, text } = fileOf(letter);
    try {
      const folder = await folderIn(exchangeDir, transport.path);
      if (folder === undefined) {
        const why = `${transport.path} leads out of the folder of exchanged files.`;
        return { outcome: 'later', why };
      }
      // Begins with a dot, as what is not to be read does.
      const partial = path.join(folder, `.${name}.part`);
      await writeDurably(partial, text);
      await rename(partial, path.join(folder, name));
      return { outcome: 'taken', excerpt: `Put into ${transport.path} as ${name}.` };
    } catch (error) {
      return { outcome: 'later', why: `The file could not be put there: ${codeOf(error)}.` };
    }
  };
}

/** Made if it is not there; undefined when a link in it leads elsewhere. */
export async function folderIn(root: string, inside: string): Promise<string | undefined> {
  const named = path.join(root, inside);
  if (!named.startsWith(root + path.sep)) return undefined;
  await mkdir(named, { recursive: true });
  const [base, folder] = await Promise.all([realpath(root), realpath(named)]);
  return folder.startsWith(base + path.sep) ? folder : undefined;
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
