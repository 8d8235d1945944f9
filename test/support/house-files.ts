import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A check of the house: what is wrong under this root, a sentence each that says which file and what to do. */
export type Check = (root: string) => string[];

const PRODUCT = /^(machines|workflows|activities|api|dashboard|db|scripts|examples)\/|^config\.ts$/;
const CODE = /\.(ts|tsx|js|mjs|cjs)$/;
const NOT_OURS = ['node_modules', '.git', '.data', 'dist', 'coverage'];

const MOST_LINES = 250;
const MOST_FILES = 15;
const MOST_FOLDERS = 2;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

/** Every file under the root that is ours, by its path from the root. */
export function filesOf(root: string, folder = ''): string[] {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.includes(name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesOf(root, file) : file;
    });
}

export const codeOf = (root: string) => filesOf(root).filter((file) => CODE.test(file));
export const productOf = (root: string) => codeOf(root).filter((file) => PRODUCT.test(file));
export const read = (root: string, file: string) => fs.readFileSync(path.join(root, file), 'utf8');

export function parse(root: string, file: string): ts.SourceFile {
  return ts.createSourceFile(file, read(root, file), ts.ScriptTarget.Latest, true);
}

/** Every node of a kind in a file. */
export function nodesOf<N extends ts.Node>(
  source: ts.SourceFile,
  is: (node: ts.Node) => node is N,
): N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export const shortFiles: Check = (root) =>
  productOf(root).flatMap((file) => {
    // Nobody writes or reads what a program generates.
    if (file.endsWith('.d.ts')) return [];
    const lines = read(root, file).trimEnd().split('\n').length;
    if (lines <= MOST_LINES) return [];
    return `${file} has ${lines} lines: give what is a thing of its own a file of its own (${MOST_LINES} at most).`;
  });

export const smallFolders: Check = (root) => {
  const folders = productOf(root).map((file) => path.dirname(file));
  return [...new Set(folders)].flatMap((folder) => {
    const count = folders.filter((other) => other === folder).length;
    if (count <= MOST_FILES || folder === 'db/migrations') return [];
    return `${folder}/ has ${count} files: gather what belongs together in a folder inside it (${MOST_FILES} at most).`;
  });
};

export const shallowFolders: Check = (root) =>
  codeOf(root)
    // A shop in examples/shops/ is a folder that its owner would have as a house of its own.
    .filter((file) => file.replace(/^examples\/shops\//, '').split('/').length - 1 > MOST_FOLDERS)
    .map((file) => `${file} is more than ${MOST_FOLDERS} folders deep: move it up.`);

export const kebabNames: Check = (root) =>
  codeOf(root).flatMap((file) => {
    const wrong = file
      .split('/')
      .find((part) => !KEBAB.test(part.replaceAll('_', migrations(file))));
    return wrong ? `${file}: rename ${wrong} to small words joined by hyphens.` : [];
  });

/** Between the number and the name of a migration there may be an underscore. */
function migrations(file: string): string {
  return file.startsWith('db/migrations/') ? '-' : '_';
}

/** The samples are programs of somebody else's house. */
const readsSettings = (file: string) =>
  file === 'config.ts' || file.startsWith('examples/partner-samples/');

export const settingsInOnePlace: Check = (root) =>
  productOf(root)
    .filter((file) => !readsSettings(file) && /\bprocess\??\.env\b/.test(read(root, file)))
    .map((file) => `${file} reads process.env: read the setting in config.ts and pass it on.`);

export const reasonedAny: Check = (root) =>
  codeOf(root).flatMap((file) => {
    const source = parse(root, file);
    const lines = source.text.split('\n');
    const isAny = (node: ts.Node): node is ts.KeywordTypeNode =>
      node.kind === ts.SyntaxKind.AnyKeyword;
    return nodesOf(source, isAny).flatMap((node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      if (/eslint-disable-line \S*no-explicit-any -- \S/.test(lines[line] ?? '')) return [];
      return `${file}:${line + 1} says any: say what it is, or why nobody can, on the same line.`;
    });
  });

/** Made of parts, so that this file passes its own check. */
const MACHINE_PATH = new RegExp(`(?<![\\w.*~}-])/(?:${['work', 'root', 'home'].join('|')})/`);

export const noMachinePaths: Check = (root) =>
  filesOf(root).flatMap((file) =>
    read(root, file)
      .split('\n')
      .flatMap((text, index) => {
        const found = MACHINE_PATH.exec(text)?.[0];
        if (!found) return [];
        return `${file}:${index + 1} names ${found}, a folder of one computer: write the path from the root.`;
      }),
  );

export const engines: Check = (root) => {
  const manifest = JSON.parse(read(root, 'package.json')) as { engines?: { node?: string } };
  const node = manifest.engines?.node ?? '';
  if (/^>=2\d\.\d+$/.test(node)) return [];
  return [
    `package.json: say in engines.node which Node the shop needs, as ">=20.19"; now "${node}".`,
  ];
};
