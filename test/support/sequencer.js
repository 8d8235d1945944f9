const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const EVERYTHING = ['servers', 'bundle'];

/** The folders of tests, quickest first, and what each needs; one that is not named runs last and needs everything. */
const FOLDERS = {
  architecture: [],
  machines: [],
  eslint: [],
  docs: EVERYTHING,
  gateway: [],
  db: ['servers'],
  activities: ['servers'],
  workflows: EVERYTHING,
  replay: ['bundle'],
  api: EVERYTHING,
  stack: [],
  e2e: [],
};
const ORDER = Object.keys(FOLDERS);

/** Runs the quick folders first, and tells global-setup.ts what the selected tests need. */
class FolderSequencer extends Sequencer {
  sort(tests) {
    const folders = tests.map(folderOf);
    // Jest calls this before the global setup, in the same process.
    process.env.TEST_NEEDS = [
      ...new Set(folders.flatMap((folder) => FOLDERS[folder] ?? EVERYTHING)),
    ].join();
    return tests.toSorted((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}

/** `test/db/orders.spec.ts` is in `db`, and `test/architecture.spec.ts` in `architecture`. */
function folderOf(test) {
  const [first] = path.relative(path.resolve(__dirname, '..'), test.path).split(path.sep);
  return first.replace('.spec.ts', '');
}

function rank(test) {
  const index = ORDER.indexOf(folderOf(test));
  return index === -1 ? ORDER.length : index;
}

module.exports = FolderSequencer;
