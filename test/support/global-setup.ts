import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { workflowSource } from '../../activities/workflow-source';
import type * as servers from './servers';

type Undo = () => Promise<void>;

/** What global-teardown.ts undoes; Jest loads both files into one process. */
const undo: Undo[] = [];

/**
 * Starts what the selected tests need, once for the whole run, and nothing for tests that are pure:
 * TEST_POSTGRES_URL and TEST_TEMPORAL_ADDRESS name the servers, TEST_WORKFLOW_BUNDLE the bundled workflows;
 * TEST_DASHBOARD says that the dashboard is built.
 */
export default async function globalSetup(): Promise<void> {
  const needs = (process.env.TEST_NEEDS ?? 'servers,bundle,dashboard').split(',');
  const prepared = await Promise.allSettled([
    needs.includes('servers') && prepare(startServers()),
    needs.includes('bundle') && prepare(bundleWorkflows()),
    needs.includes('dashboard') && buildDashboard(),
  ]);
  const failure = prepared.find((part) => part.status === 'rejected');
  if (!failure) return;
  // Jest does not call the teardown after a setup that failed.
  await undoSetup();
  throw failure.reason;
}

export async function undoSetup(): Promise<void> {
  await Promise.all(undo.splice(0).map((step) => step()));
}

async function prepare(part: Promise<Undo>): Promise<void> {
  undo.push(await part);
}

async function startServers(): Promise<Undo> {
  const loaded = require('./servers') as typeof servers; // eslint-disable-line @typescript-eslint/no-require-imports -- pure tests do not wait for it
  return loaded.startServers();
}

async function bundleWorkflows(): Promise<Undo> {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflowSource.workflowsPath,
    ...workflowSource.bundlerOptions,
    logger: new DefaultLogger('WARN'),
  });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'conveyor-bundle-'));
  process.env.TEST_WORKFLOW_BUNDLE = path.join(folder, 'workflows.js');
  await fs.writeFile(process.env.TEST_WORKFLOW_BUNDLE, code);
  return () => fs.rm(folder, { recursive: true });
}

/** As a process of its own, since Vite is of a kind of module that Jest does not load. */
async function buildDashboard(): Promise<void> {
  const script = path.join(__dirname, '../../scripts/dashboard/main.ts');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  process.env.TEST_DASHBOARD = 'built';
}
