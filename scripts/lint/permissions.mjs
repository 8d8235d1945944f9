/**
 * What each folder may import, by the longest matching path. Within itself a folder may import anything.
 *
 * - `packages`: the only packages it may name; any package when absent.
 * - `notPackages`: packages it may use the types of, nothing more.
 * - `builtins: false`: no module of Node.
 * - `house`: what else of this repository, whole or its types only; anything but `closed` when absent.
 * - `why`: the end of the sentence that explains a refusal.
 */
export const permissions = {
  machines: {
    packages: ['xstate'],
    builtins: false,
    house: {},
    why: 'machines/ only computes and imports xstate and itself; hand it what it needs as data.',
  },
  workflows: {
    packages: ['@temporalio/workflow', '@temporalio/common'],
    builtins: false,
    house: { machines: 'all', activities: 'types' },
    why: 'workflows/ is deterministic and imports machines/, Temporal and the types of activities/; let an activity do it.',
  },
  activities: {
    notPackages: ['@temporalio/workflow', 'express', 'xstate'],
    house: { machines: 'types', workflows: 'types', db: 'all' },
    why: 'activities/ acts and decides nothing: it imports db/ and the types of machines/ and workflows/.',
  },
  // The relay's hand at Temporal: it starts deliveries and tells orders what became of them.
  'activities/relay/temporal.ts': {
    house: { machines: 'types', workflows: 'types', 'workflows/messages': 'all', db: 'all' },
    why: 'activities/relay/temporal.ts starts and signals workflows: it imports workflows/messages and db/.',
  },
  // A batch's hand at Temporal: it sends orders their commands.
  'activities/batches/temporal.ts': {
    house: { machines: 'types', workflows: 'types', 'workflows/messages': 'all', db: 'all' },
    why: 'activities/batches/temporal.ts sends updates to workflows: it imports workflows/messages and db/.',
  },
  // The feeds' hand at Temporal: it keeps the schedules by which partners' messages are picked up.
  'activities/feeds/temporal.ts': {
    house: { machines: 'types', workflows: 'types', 'workflows/messages': 'all', db: 'all' },
    why: 'activities/feeds/temporal.ts keeps schedules of workflows: it imports workflows/messages and db/.',
  },
  // A reconciliation's hand at Temporal: it asks which orders run, wakes them, and makes the schedule.
  'activities/reconciling/temporal.ts': {
    house: { machines: 'types', workflows: 'types', 'workflows/messages': 'all', db: 'all' },
    why: 'activities/reconciling/temporal.ts asks and wakes workflows: it imports workflows/messages and db/.',
  },
  // An exchange's hand at Temporal: it places the order that takes the place of returned goods.
  'activities/exchange/temporal.ts': {
    house: { machines: 'types', workflows: 'types', 'workflows/messages': 'all', db: 'all' },
    why: 'activities/exchange/temporal.ts sends updates to workflows: it imports workflows/messages and db/.',
  },
  // The worker's process refuses to start on a faulty shop and reads its settings.
  'activities/worker.ts': {
    house: {
      machines: 'all',
      workflows: 'types',
      db: 'all',
      config: 'all',
      'shop-file': 'all',
    },
    why: 'activities/worker.ts starts a process from config, shop-file, machines/, activities/ and db/.',
  },
  db: {
    packages: ['knex', 'pg'],
    // What locked stock records are to become is decided by pure code, between two statements.
    house: { machines: 'types', 'machines/stock': 'all' },
    why: 'db/ is SQL: it imports knex, pg, machines/stock and the types of machines/; take the rest as an argument.',
  },
  api: {
    notPackages: ['@temporalio/activity', '@temporalio/worker', '@temporalio/workflow', 'xstate'],
    house: {
      machines: 'all',
      db: 'all',
      config: 'all',
      'shop-file': 'all',
      workflows: 'types',
      'workflows/messages': 'all',
    },
    why: 'api/ parses, authorises, sends and answers: it imports workflows/messages, db/, machines/, config and shop-file.',
  },
  // It reads what gateways tell of their own accord, with the adapters that talk to them.
  'api/gateways/readers.ts': {
    house: { 'activities/gateways': 'all' },
    why: 'api/gateways/readers.ts hands over the adapters of gateways and imports activities/gateways.',
  },
  // It says at once what a poster would say at each attempt.
  'api/destinations.ts': {
    house: { 'activities/sending': 'all' },
    why: 'api/destinations.ts looks at addresses as posters do and imports activities/sending.',
  },
  dashboard: {
    notPackages: ['@temporalio/client', '@temporalio/workflow', 'express', 'knex', 'pg'],
    builtins: false,
    house: { machines: 'all' },
    why: 'dashboard/ draws: it imports machines/ and asks api/ over HTTP.',
  },
  scripts: {
    why: 'scripts/ runs api/ and dashboard/ as processes and never imports them.',
  },
  // The gateway stands for somebody else's service: it shares nothing with the shop.
  'scripts/gateway': {
    house: { config: 'all' },
    why: 'scripts/gateway/ stands for a foreign service and imports config and itself.',
  },
  bench: {
    why: 'bench/ measures from outside and imports neither api/ nor dashboard/.',
  },
  examples: {
    house: { machines: 'all', activities: 'types' },
    why: 'examples/ shows what a shop writes: tables from machines/ and the types of activities/.',
  },
  'shop-file.ts': {
    house: { machines: 'all' },
    why: 'shop-file.ts loads a table and imports machines/, which say whether it is sound.',
  },
  'config.ts': {
    house: { machines: 'types', environment: 'all' },
    why: 'config.ts reads settings and imports nothing that uses them.',
  },
  'environment.ts': {
    house: {},
    why: 'environment.ts reads single values and imports nothing of the house.',
  },
};

/** Nobody imports these, whatever else they may import; only tests, which have no entry above, do. */
export const closed = ['api', 'dashboard'];
