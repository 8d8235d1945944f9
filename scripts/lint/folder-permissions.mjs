import path from 'node:path';
import { isBuiltin } from 'node:module';
import { closed, permissions } from './permissions.mjs';

/** Holds every import, export-from, `import()`, `require` and `import('…')` type to the table of permissions. */
export const folderPermissions = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      refused: "'{{ source }}' is out of reach here: {{ why }}",
      typesOnly: "Only the types of '{{ source }}' are in reach here, by `import type`: {{ why }}",
      computed: 'An import must name its file in plain text: {{ why }}',
    },
  },
  create(context) {
    const file = inHouse(context.filename, context.cwd);
    const home = longestMatch(Object.keys(permissions), file);
    if (!home) return {};
    const permission = permissions[home];

    function check(node, source, typesOnly) {
      if (typeof source?.value !== 'string') {
        if (permission.packages) report(node, 'computed', '');
        return;
      }
      const granted = source.value.startsWith('.')
        ? reachInHouse(
            permission,
            home,
            inHouse(path.resolve(path.dirname(context.filename), source.value), context.cwd),
          )
        : reachOutside(permission, source.value);
      if (granted === 'none') report(node, 'refused', source.value);
      else if (granted === 'types' && !typesOnly) report(node, 'typesOnly', source.value);
    }
    function report(node, messageId, source) {
      context.report({ node, messageId, data: { source, why: permission.why } });
    }

    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) =>
        node.source && check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source, true),
      TSExternalModuleReference: (node) => check(node, node.expression, false),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
    };
  },
};

function reachInHouse(permission, home, target) {
  const own = home.split('/')[0];
  if (target === own || target.startsWith(`${own}/`)) return ownReach(permission, home, target);
  if (permission.house) {
    const match = longestMatch(Object.keys(permission.house), target);
    return match ? permission.house[match] : 'none';
  }
  return closed.includes(target.split('/')[0]) ? 'none' : 'all';
}

/** A folder reaches all of itself, but a folder inside it that has an entry of its own may keep to itself. */
function ownReach(permission, home, target) {
  const inner = home.includes('/') && !path.extname(home);
  return inner && !target.startsWith(`${home}/`) ? 'none' : 'all';
}

function reachOutside(permission, source) {
  if (isBuiltin(source)) return permission.builtins === false ? 'none' : 'all';
  const name = source.split('/', source.startsWith('@') ? 2 : 1).join('/');
  if (permission.packages) return permission.packages.includes(name) ? 'all' : 'none';
  return permission.notPackages?.includes(name) ? 'types' : 'all';
}

function inHouse(file, root) {
  return path.relative(root, file).split(path.sep).join('/');
}

function longestMatch(entries, file) {
  const matches = entries.filter((entry) => {
    const rest = file.slice(entry.length);
    return file.startsWith(entry) && (rest === '' || rest[0] === '/' || rest[0] === '.');
  });
  return matches.sort((a, b) => b.length - a.length)[0];
}
