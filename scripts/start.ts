import { join, resolve } from 'node:path';
import { cacheDir, defaults, programFolders, readSettings } from '../config';
import { conveyor, type Conveyor } from './parts/conveyor';
import { firstLook, type FirstLook } from './parts/first-look';
import { keptSecret } from './stack/kept-secret';
import { Logs } from './stack/logs';
import { Ports } from './stack/ports';
import { sayAndKeep } from './stack/say';
import { Stack, Stopped } from './stack/stack';

/** At Ctrl-C both the terminal and npm send the signal; only a later one means "quicker". */
const SAME_KEYSTROKE_MS = 1_000;

async function main(): Promise<void> {
  const settings = readSettings();
  const dataDir = settings.dataDir ?? resolve(defaults.dataDir);
  const logs = new Logs(dataDir);
  const say = sayAndKeep(logs.dir, print);
  const programs = { folders: programFolders(), cache: cacheDir() };
  let announce: () => Promise<void> = () => Promise.resolve();
  const stack = new Stack({
    dataDir,
    logs,
    say,
    plan: async (signal) => {
      const adminKey = settings.adminKey ?? keptSecret(join(dataDir, 'admin-key'));
      const ports = Ports.rememberedIn(dataDir);
      const plan = { settings, dataDir, adminKey, ports, programs, say, signal };
      const planned = await conveyor(plan);
      announce = async () => {
        const look = await firstLook(planned.apiPort, adminKey);
        print(announcement({ ...planned, ...look, adminKey, dataDir, logsDir: logs.dir }));
      };
      return planned.steps;
    },
  });
  endWhenAsked(stack);
  await stack.start();
  await announce();
}

/** Ends the process in good order at the first signal, quickly at a second one. */
function endWhenAsked(stack: Stack): void {
  let askedAt: number | undefined;
  const end = () => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      print('Stopping; once more makes it quick.');
      void stack.stop().then(() => process.exit(0), fail);
    } else if (Date.now() - askedAt > SAME_KEYSTROKE_MS) {
      stack.hurry();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // A terminal that was closed can no longer be written to, which is no reason to leave servers behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => void stack.stop().finally(() => fail(error)));
}

interface Announced extends Conveyor, FirstLook {
  readonly adminKey: string;
  readonly dataDir: string;
  readonly logsDir: string;
}

const SAMPLE = '\nNo orders yet: `npm run sample` in a second terminal makes 200 to look at.';

function announcement(announced: Announced): string {
  const { apiPort, temporalUiUrl, signIn, isEmpty, adminKey, dataDir, logsDir } = announced;
  const api = `http://localhost:${apiPort}`;
  const lines = {
    Dashboard: `${api}/`,
    'Sign in': signIn,
    API: api,
    'API docs': `${api}/docs`,
    'Temporal Web UI': temporalUiUrl ?? 'not ours; set TEMPORAL_UI_URL to have it linked',
    'Admin key': adminKey,
    Data: dataDir,
    Logs: logsDir,
  };
  return [
    '\nConveyor is up.\n',
    ...Object.entries(lines).map(([name, value]) => `  ${name.padEnd(16)} ${value}`),
    ...(isEmpty ? [SAMPLE] : []),
    '\nCtrl-C ends it.',
  ].join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch((error: unknown) => {
  // Whoever asked for the stop also ends the process, once everything has ended.
  if (!(error instanceof Stopped)) fail(error);
});
