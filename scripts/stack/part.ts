/** A program that the stack starts, keeps running and ends. */
export interface Part {
  readonly name: string;
  /** Listed beside the pid in processes.json. */
  readonly ports: Readonly<Record<string, number>>;
  /** What asks the program to end in an orderly way. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** How often it may die during the first start-up before the stack gives up; 3 unless said. */
  readonly tries?: number;
  command(): Command;
  /** Resolves once the program serves; the signal aborts when waiting has become pointless. */
  ready(signals: ReadySignals): Promise<void>;
}

/** A program with its arguments, run without a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  /** Opens a channel over which the program says that it is ready, and by whose end it sees that its supervisor died. */
  readonly channel?: boolean;
  /** The user to run as; this process's own when absent. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

export interface ReadySignals {
  /** Resolves when the program says over its channel that it is ready. */
  readonly saidSo: Promise<void>;
  readonly signal: AbortSignal;
}

/** Something done once between two parts, such as a migration. */
export interface Task {
  readonly name: string;
  run(signal: AbortSignal): Promise<void>;
}

export type Step = Part | Task;

export function isTask(step: Step): step is Task {
  return 'run' in step;
}
