import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DOWNLOAD, subjectOf } from '../../db/secrets/downloads';
import type { SignedTokens } from '../../db/secrets/signed-tokens';
import type { Download } from '../../machines/events';
import type { DigitalProvider } from './provider';

export interface FolderSetting {
  /** One file or more for each SKU: `<sku>` or `<sku>.<ext>`. */
  readonly folder: string;
  readonly tokens: SignedTokens;
  /** Where customers reach the API. */
  readonly publicUrl: string;
  /** How long a link is good for; 30 days unless said. */
  readonly lifetimeMs?: number;
  readonly now?: () => number;
}

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Delivers files of a folder by links that are signed and expire. */
export function createFolderProvider(setting: FolderSetting): DigitalProvider {
  const { folder, tokens, publicUrl, lifetimeMs = LIFETIME_MS, now = Date.now } = setting;
  return {
    async fulfil({ order, lines }) {
      const files = await filesIn(folder);
      const missing = lines.filter(({ sku }) => filesOf(files, sku).length === 0);
      if (missing.length > 0) {
        const skus = missing.map(({ sku }) => sku).join(', ');
        const why = `There is no file for ${skus} in the folder of downloads: put it there, named for its SKU, and ask once more.`;
        return { outcome: 'refused', why };
      }
      const expiresAt = new Date(now() + lifetimeMs).toISOString();
      const downloads: Download[] = [];
      for (const { id: line, sku, title } of lines) {
        const found = filesOf(files, sku);
        for (const file of found) {
          const subject = subjectOf({ order, line, file });
          const token = await tokens.sign({ purpose: DOWNLOAD, subject, expiresAt });
          const name = found.length === 1 ? title : `${title} (${path.extname(file).slice(1)})`;
          const url = `${publicUrl}/v1/downloads/${token}`;
          downloads.push({ line, name: name.slice(0, 200), url, expiresAt });
        }
      }
      return { outcome: 'delivered', downloads };
    },
  };
}

/** Plain files only; no folder is one without files. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Compared with what is there, never made into a path: a SKU may hold anything. */
function filesOf(files: readonly string[], sku: string): string[] {
  return files.filter((file) => file === sku || path.parse(file).name === sku);
}
