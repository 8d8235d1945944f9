// A process of its own: ESLint loads its configuration by `import()`, which Jest's sandbox does not offer.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'conveyor-lint-'));
let trees = 0;

process.on('message', ({ id, files }) => {
  lint(files).then(
    (complaints) => process.send({ id, complaints }),
    (error) => process.send({ id, error: error.stack }),
  );
});
process.on('disconnect', () => fs.rmSync(scratch, { recursive: true }));

/** Lints the files as if they were the whole repository. */
async function lint(files) {
  const tree = path.join(scratch, String(++trees));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    fs.writeFileSync(path.join(tree, name), text);
  }
  for (const config of ['tsconfig.json', 'dashboard/tsconfig.json']) {
    fs.mkdirSync(path.dirname(path.join(tree, config)), { recursive: true });
    fs.copyFileSync(path.join(root, config), path.join(tree, config));
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));

  const eslint = new ESLint({
    cwd: tree,
    overrideConfigFile: path.join(root, 'eslint.config.mjs'),
  });
  const results = await eslint.lintFiles(Object.keys(files));
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({
      file: path.relative(tree, filePath),
      rule: ruleId,
      line,
      message,
    })),
  );
}
