import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { codeOf, nodesOf, parse, type Check } from './house-files';

interface Import {
  readonly file: string;
  /** A file by its path from the root, or else the name of a package or of `node`. */
  readonly target: string;
  readonly inHouse: boolean;
  /** Gone when it runs. */
  readonly typesOnly: boolean;
}

/** What the folders may import, besides themselves. It is said again here so that lint cannot be loosened in silence. */
interface Permission {
  readonly code: readonly string[];
  readonly types: readonly string[];
  /** The only packages; any when absent. */
  readonly packages?: readonly string[];
}

const MAY: Readonly<Record<string, Permission>> = {
  'machines/': { code: [], types: [], packages: ['xstate'] },
  'workflows/': {
    code: ['machines/'],
    types: ['activities/'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  'activities/': { code: ['db/'], types: ['machines/', 'workflows/'] },
  'activities/worker.ts': {
    code: ['db/', 'machines/', 'config.ts', 'shop-file.ts'],
    types: ['workflows/'],
  },
  'activities/relay/temporal.ts': {
    code: ['db/', 'workflows/messages'],
    types: ['machines/', 'workflows/'],
  },
  'activities/exchange/temporal.ts': {
    code: ['db/', 'workflows/messages'],
    types: ['machines/', 'workflows/'],
  },
  'activities/feeds/temporal.ts': {
    code: ['db/', 'workflows/messages'],
    types: ['machines/', 'workflows/'],
  },
  'activities/reconciling/temporal.ts': {
    code: ['db/', 'workflows/messages'],
    types: ['machines/', 'workflows/'],
  },
  'activities/batches/temporal.ts': {
    code: ['db/', 'workflows/messages'],
    types: ['machines/', 'workflows/'],
  },
  'db/': { code: ['machines/stock/'], types: ['machines/'], packages: ['knex', 'pg', 'node'] },
  'api/': {
    code: ['machines/', 'db/', 'workflows/messages', 'config.ts', 'shop-file.ts'],
    types: ['workflows/'],
  },
  'api/gateways/readers.ts': { code: ['activities/gateways/'], types: [] },
  'api/destinations.ts': { code: ['activities/sending/'], types: [] },
  'dashboard/': { code: ['machines/'], types: [] },
};
const CLOSED = ['api/', 'dashboard/'];

export const folderPermissions: Check = (root) =>
  importsOf(root).flatMap(({ file, target, inHouse, typesOnly }) => {
    const folder = `${file.split('/')[0]}/`;
    const within = inHouse && startsWithOne([folder], target);
    if (within || folder === 'test/') return [];
    if (inHouse && startsWithOne(CLOSED, target)) {
      return `${file} imports ${target}: nothing imports ${target.split('/')[0]}/; move what is shared to machines/ or db/.`;
    }
    const may = MAY[file] ?? MAY[folder];
    if (!may) return [];
    if (!inHouse) {
      if (!may.packages || may.packages.includes(target)) return [];
      return `${file} imports ${target}: ${folder} may import ${list(may.packages)} and no other package.`;
    }
    if (startsWithOne(may.code, target)) return [];
    if (!startsWithOne(may.types, target)) {
      return `${file} imports ${target}: ${folder} may import ${list(['itself', ...may.code])}${typesToo(may)}; pass it as data or as an argument.`;
    }
    if (typesOnly) return [];
    return `${file} imports ${target} as code: write \`import type\`, or pass it as an argument.`;
  });

export const noCircles: Check = (root) => {
  const edges = importsOf(root).filter(({ inHouse, typesOnly }) => inHouse && !typesOnly);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      const circle = [...trail.slice(trail.indexOf(file)), file].join(' → ');
      circles.push(`${circle} is a circle: move what both ends need to a file of its own.`);
      return;
    }
    if (done.has(file)) return;
    for (const edge of edges) if (edge.file === file) walk(edge.target, [...trail, file]);
    done.add(file);
  };
  for (const { file } of edges) walk(file, []);
  return circles;
};

function importsOf(root: string): Import[] {
  return codeOf(root).flatMap((file) =>
    nodesOf(parse(root, file), ts.isStringLiteralLike).flatMap((literal): Import[] => {
      const statement = importing(literal);
      if (!statement) return [];
      const inHouse = literal.text.startsWith('.');
      const target = inHouse ? resolve(root, file, literal.text) : packageOf(literal.text);
      return [{ file, target, inHouse, typesOnly: isTypesOnly(statement) }];
    }),
  );
}

/** The import, export, `import()`, `require` or import type that this literal is the source of, if any. */
function importing(literal: ts.StringLiteralLike): ts.Node | undefined {
  const { parent } = literal;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return parent;
  if (ts.isExternalModuleReference(parent)) return parent;
  if (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) return parent.parent;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== literal) return undefined;
  const late = parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  return late || parent.expression.getText() === 'require' ? parent : undefined;
}

function isTypesOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node)) return false;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function resolve(root: string, file: string, source: string): string {
  const base = path.join(path.dirname(file), source);
  const stem = base.replace(/\.[cm]?js$/, '');
  const candidates = [base, ...['.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => stem + end)];
  const found = candidates.find((name) =>
    fs.statSync(path.join(root, name), { throwIfNoEntry: false })?.isFile(),
  );
  return (found ?? base).split(path.sep).join('/');
}

function packageOf(source: string): string {
  const name = source.split('/', source.startsWith('@') ? 2 : 1).join('/');
  return name.startsWith('node:') || builtinModules.includes(name) ? 'node' : name;
}

function startsWithOne(places: readonly string[], target: string): boolean {
  return places.some((place) => `${target}/`.startsWith(place));
}

function typesToo({ types }: Permission): string {
  return types.length ? `, and types of ${list(types)}` : '';
}

function list(names: readonly string[]): string {
  return names.join(', ');
}
