import { Child } from './child';
import { lastLines, sizeOf } from './logs';
import type { Part } from './part';
import { Backoff, pause } from './pause';
import type { Say } from './say';

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 5_000;
const RAN_WELL_MS = 10_000;
const TRIES = 3;
const SHOWN_LINES = 12;

/** A part that would not start; its message shows the last lines of the part's log. */
class PartFailed extends Error {
  override readonly name = 'PartFailed';
  constructor(
    readonly part: string,
    why: string,
    logFile: string,
    lines: readonly string[],
  ) {
    const lastWords =
      lines.length === 0 ? [] : ['Its last words:', ...lines.map((line) => `  ${line}`)];
    super(
      [`The ${part} does not start: it ${why}.`, ...lastWords, `Its log is ${logFile}.`].join('\n'),
    );
  }
}

interface Surroundings {
  readonly say: Say;
  readonly logFile: string;
  /** Told of each new process of the part, at once. */
  readonly started: (pid: number) => void;
}

/** Keeps one part running: started again with a growing wait whenever it dies, until it is stopped. */
export class Keeper {
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff();
  private child: Child | undefined;
  private keeping = Promise.resolve();

  constructor(
    readonly part: Part,
    private readonly around: Surroundings,
  ) {}

  /** Resolves once the part is ready or was stopped; throws PartFailed when it dies on every try. */
  async start(): Promise<void> {
    const since = sizeOf(this.around.logFile);
    for (let tried = 1; !this.stopped; tried += 1) {
      const failure = await this.tryOnce();
      if (failure === undefined) {
        this.keeping = this.keep();
        return;
      }
      if (tried >= (this.part.tries ?? TRIES) && !this.stopped) {
        const lines = lastLines(this.around.logFile, since, SHOWN_LINES);
        throw new PartFailed(this.part.name, failure, this.around.logFile, lines);
      }
      await pause(this.backoff.next(), this.stopping.signal);
    }
  }

  /** Ends the part for good: asked first, killed after five seconds. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.child?.end(this.part.stopSignal, GRACE_MS);
    await this.keeping;
  }

  /** Kills the part at once; only after `stop` was called. */
  hurry(): void {
    this.child?.signal('SIGKILL');
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async keep(): Promise<void> {
    for (;;) {
      const startedAt = Date.now();
      const how = await this.child?.ended;
      if (this.stopped) return;
      if (Date.now() - startedAt > RAN_WELL_MS) this.backoff.reset();
      await this.restart(`died (${how})`);
      if (this.stopped) return;
      this.around.say(this.part.name, `runs again as process ${this.child?.pid}.`);
    }
  }

  private async restart(what: string): Promise<void> {
    for (let failure: string | undefined = what; failure !== undefined && !this.stopped;) {
      const wait = this.backoff.next();
      this.around.say(this.part.name, `${failure}; starting it again in ${wait / 1000} s.`);
      await pause(wait, this.stopping.signal);
      if (this.stopped) return;
      failure = await this.tryOnce();
    }
  }

  /** Starts the part and waits until it serves; answers how that failed, if it did. */
  private async tryOnce(): Promise<string | undefined> {
    const child = new Child(this.part.command(), this.around.logFile);
    this.child = child;
    if (child.pid !== undefined) this.around.started(child.pid);

    const waiting = new AbortController();
    const failure = await Promise.race([
      this.part.ready({ saidSo: child.saidReady, signal: waiting.signal }).then(() => undefined),
      child.ended.then((how) => `died (${how})`),
      pause(READY_WITHIN_MS, waiting.signal).then(
        () => `was not ready within ${READY_WITHIN_MS / 1000} s`,
      ),
    ]).finally(() => waiting.abort());
    if (failure !== undefined) await child.end('SIGKILL', 0);
    return failure;
  }
}
