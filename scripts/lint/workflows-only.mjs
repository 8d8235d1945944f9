import ts from 'typescript';
import { returnsPromise, typesOf } from './types.mjs';

/** Temporal registers every export of the workflows' entry file as a workflow, so it exports nothing else. */
export const workflowsOnly = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      notWorkflow:
        "'{{ name }}' would be registered as a workflow but is no async function: export it from a file of its own.",
      unnamed:
        'Export each workflow by its name: what is exported here is registered as a workflow.',
    },
  },
  create(context) {
    const { checker, tsNode } = typesOf(context);

    function checkName(node, name, symbol) {
      const original =
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (!(original.flags & ts.SymbolFlags.Value)) return;
      const type = checker.getTypeOfSymbolAtLocation(original, tsNode(node));
      if (!returnsPromise(type)) {
        context.report({ node, messageId: 'notWorkflow', data: { name } });
      }
    }

    return {
      ExportAllDeclaration: (node) =>
        node.exportKind !== 'type' && context.report({ node, messageId: 'unnamed' }),
      ExportDefaultDeclaration: (node) => context.report({ node, messageId: 'unnamed' }),
      'Program:exit'(program) {
        const module = checker.getSymbolAtLocation(tsNode(program));
        const exported = new Map(
          (module ? checker.getExportsOfModule(module) : []).map((symbol) => [symbol.name, symbol]),
        );
        for (const { node, name } of program.body.flatMap(namesExported)) {
          if (exported.has(name)) checkName(node, name, exported.get(name));
        }
      },
    };
  },
};

function namesExported(statement) {
  if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return [];
  const { declaration, specifiers } = statement;
  const declared = declaration?.declarations ?? (declaration ? [declaration] : []);
  return [
    ...declared.map((node) => ({ node, name: node.id.name })),
    ...specifiers.map((node) => ({ node, name: node.exported.name })),
  ];
}
