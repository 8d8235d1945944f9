import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';

const HISTORIES = join(__dirname, 'histories');

/** The names of all lives that were ever recorded. */
export const recorded = readdirSync(HISTORIES)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));

/** Set to write the lives that are played now to `histories/`, where they stay for good. */
const recording = process.env.RECORD_HISTORIES !== undefined;

const { History } = temporal.api.history.v1;
type Life = temporal.api.history.v1.History;

/** Processes are named after their machine, which is nobody's business. */
const anonymous = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replace(/^\d+@[^:]+/, 'recorded') : value;

export function read(name: string): Life {
  const text = readFileSync(join(HISTORIES, `${name}.json`), 'utf8');
  return History.fromObject(JSON.parse(text) as object);
}

/** Rejects when today's workflow does not decide what was decided then. */
export async function replay(life: object): Promise<void> {
  const codePath = process.env.TEST_WORKFLOW_BUNDLE as string;
  const history = History.fromObject(life);
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, history, 'replayed');
}

/** Keeps a life for good where lives are being recorded. */
export function keep(name: string, life: object): void {
  if (!recording) return;
  const options = { longs: String, enums: String, bytes: String };
  const plain = History.toObject(History.fromObject(life), options);
  writeFileSync(join(HISTORIES, `${name}.json`), `${JSON.stringify(plain, anonymous, 1)}\n`);
}
