import { Keeper } from './keeper';
import { endLeftovers } from './leftovers';
import type { Logs } from './logs';
import { isTask, type Part, type Step, type Task } from './part';
import { pause } from './pause';
import { ProcessesFile } from './processes-file';
import type { Say } from './say';

const GRACE_MS = 5_000;

export interface StackOptions {
  readonly dataDir: string;
  readonly logs: Logs;
  readonly say: Say;
  /** Says what is to be run, in order; asked when leftovers are gone, so that their ports are free again. */
  readonly plan: (signal: AbortSignal) => Promise<readonly Step[]>;
}

/** The start was given up because `stop` was called meanwhile. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** A task that went wrong; its message says which and why. */
class TaskFailed extends Error {
  override readonly name = 'TaskFailed';
  constructor(
    readonly task: string,
    override readonly cause: unknown,
  ) {
    super(`The ${task} failed: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Programs that are started in order, kept running, and ended in reverse order. */
export class Stack {
  private readonly keepers: Keeper[] = [];
  private readonly stopping = new AbortController();
  private file: ProcessesFile | undefined;
  private starting: Promise<void> | undefined;
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: StackOptions) {}

  /** Resolves once all serve. Throws AlreadyRunning, PartFailed, TaskFailed or Stopped, and leaves nothing running then. */
  async start(): Promise<void> {
    try {
      this.starting = this.startAll();
      await this.starting;
    } catch (error) {
      const stopped = this.isStopping;
      await this.stop();
      throw stopped ? new Stopped('Stopped before everything ran.') : error;
    }
  }

  /** Resolves once all have ended; may be called at any time and more than once. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  /** Makes a stop under way quick: whatever still runs is killed. */
  hurry(): void {
    for (const keeper of this.keepers) keeper.hurry();
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async startAll(): Promise<void> {
    const { dataDir, logs, say, plan } = this.options;
    this.file = ProcessesFile.claim(dataDir);
    await endLeftovers(this.file.leftovers(), say);
    this.file.forgetLeftovers();
    for (const step of await plan(this.stopping.signal)) {
      this.stopping.signal.throwIfAborted();
      await (isTask(step) ? this.perform(step) : this.startPart(step, logs.fileOf(step.name)));
    }
    this.stopping.signal.throwIfAborted();
  }

  private async perform(task: Task): Promise<void> {
    try {
      await task.run(this.stopping.signal);
    } catch (error) {
      throw new TaskFailed(task.name, error);
    }
  }

  private async startPart(part: Part, logFile: string): Promise<void> {
    const { say } = this.options;
    const started = (pid: number) =>
      this.file?.put(part.name, { pid, ...part.ports }, part.stopSignal);
    const keeper = new Keeper(part, { say, logFile, started });
    this.keepers.push(keeper);
    await keeper.start();
    const port = part.ports['port'];
    if (this.isStopping) return;
    say(part.name, port === undefined ? 'is ready.' : `is ready on port ${port}.`);
  }

  private async stopAll(): Promise<void> {
    this.stopping.abort();
    for (const keeper of this.keepers.toReversed()) await keeper.stop();
    await this.leaveOff();
    this.file?.remove();
  }

  /** What the start is in the middle of, a build say, ends at the abort and clears up after itself. */
  private async leaveOff(): Promise<void> {
    const waiting = new AbortController();
    const over = this.starting?.catch(() => undefined);
    await Promise.race([over, pause(GRACE_MS, waiting.signal)]);
    waiting.abort();
  }
}
