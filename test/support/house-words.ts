import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { codeOf, nodesOf, parse, type Check } from './house-files';

const SHOP = 'machines/shop.ts';
const EFFECTS = 'machines/effects.ts';
/** Where the shop's table has its own words as keys. */
const TABLES = ['statuses', 'shippingEvents', 'paymentEvents'];

/** The statuses and event types of the default shop; none while it has no table. */
export function shopWords(root: string): string[] {
  return unique(
    assignments(root, SHOP)
      .filter(({ name }) => TABLES.includes(name.getText()))
      .flatMap(({ initializer }) =>
        ts.isObjectLiteralExpression(initializer) ? initializer.properties : [],
      )
      .flatMap(({ name }) => (name && textOf(name)) ?? []),
  );
}

/** The names of the effects, as their types say them; none while there are no effects. */
export function effectNames(root: string): string[] {
  if (!fs.existsSync(path.join(root, EFFECTS))) return [];
  return unique(
    nodesOf(parse(root, EFFECTS), ts.isPropertySignature)
      .filter(({ name }) => name.getText() === 'type')
      .flatMap(({ type }) => (type ? literalsIn(type) : [])),
  );
}

export const workflowsNameNothing: Check = (root) => {
  const words = new Map([
    ...shopWords(root).map((word) => [word, `the shop's own word '${word}'`] as const),
    ...effectNames(root).flatMap((name) =>
      [name, camelCase(name)].map((word) => [word, `the effect '${name}'`] as const),
    ),
  ]);
  return codeOf(root)
    .filter((file) => file.startsWith('workflows/'))
    .flatMap((file) => {
      const source = parse(root, file);
      return nodesOf(source, isWord).flatMap((node) => {
        const word = words.get(node.text);
        if (!word) return [];
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        return `${file}:${line + 1} names ${word}: let the machine decide and say it as data.`;
      });
    });
};

/** Text, and the names of properties; a variable or a type may be called what it likes. */
function isWord(node: ts.Node): node is ts.StringLiteralLike | ts.Identifier {
  if (ts.isStringLiteralLike(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  const isKey = ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent);
  return (isKey && parent.name === node) || ts.isBindingElement(parent);
}

function assignments(root: string, file: string): ts.PropertyAssignment[] {
  if (!fs.existsSync(path.join(root, file))) return [];
  return nodesOf(parse(root, file), ts.isPropertyAssignment);
}

function literalsIn(type: ts.TypeNode): string[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(literalsIn);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

function textOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
