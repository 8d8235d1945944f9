import { buildDashboard } from './build';

/** Builds the dashboard into `dashboard/dist`, where the API serves it from. */
buildDashboard().then(
  (built) =>
    process.stdout.write(built ? 'The dashboard is built.\n' : 'The dashboard is up to date.\n'),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
