const fs = require('node:fs');
const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The folders of tests, quickest first; one that is not named runs last. */
const ORDER = [
  ...['architecture', 'machines', 'eslint', 'docs', 'gateway', 'db', 'activities'],
  ...['workflows', 'replay', 'api', 'dashboard', 'stack', 'e2e'],
];
const TESTS = path.resolve(__dirname, '..');

/** Runs the quick folders first, and tells global-setup.ts what the selected tests need. */
class FolderSequencer extends Sequencer {
  sort(tests) {
    // Jest calls this before the global setup, in the same process.
    process.env.TEST_NEEDS = needsOf(tests.map((test) => test.path)).join();
    return tests.toSorted((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}

/** `test/db/orders.spec.ts` is in `db`, and `test/architecture.spec.ts` in `architecture`. */
function rank(test) {
  const [first] = path.relative(TESTS, test.path).split(path.sep);
  const index = ORDER.indexOf(first.replace('.spec.ts', ''));
  return index === -1 ? ORDER.length : index;
}

/** What the files ask for by the name of its variable, themselves or in a helper they import. */
function needsOf(files) {
  const texts = withHelpers(files).map((file) => fs.readFileSync(file, 'utf8'));
  const ask = (pattern) => texts.some((text) => pattern.test(text));
  return [
    ...(ask(/\bTEST_(POSTGRES_URL|TEMPORAL_ADDRESS)\b/) ? ['servers'] : []),
    ...(ask(/\bTEST_WORKFLOW_BUNDLE\b/) ? ['bundle'] : []),
    ...(ask(/\bTEST_DASHBOARD\b/) ? ['dashboard'] : []),
  ];
}

function withHelpers(files) {
  const found = new Set(files);
  // A set hands out what is added to it while it is walked.
  for (const file of found) {
    for (const [, source] of fs.readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const helper = `${path.resolve(path.dirname(file), source)}.ts`;
      if (helper.startsWith(TESTS) && fs.existsSync(helper)) found.add(helper);
    }
  }
  return [...found];
}

module.exports = FolderSequencer;
