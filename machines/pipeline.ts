interface Pipeline {
  readonly [status: string]: { readonly next: readonly string[] };
}

/** The statuses that may follow `status`, in the pipeline's order; none for a status it does not know. */
export function nextStatuses(pipeline: Pipeline, status: string): readonly string[] {
  return pipeline[status]?.next ?? [];
}

export function permits(pipeline: Pipeline, from: string, to: string): boolean {
  return nextStatuses(pipeline, from).includes(to);
}

/** Every status the pipeline can come to from `start`, itself included. */
export function reachable(pipeline: Pipeline, start: string): Set<string> {
  const seen = new Set([start]);
  for (const status of seen) {
    for (const next of nextStatuses(pipeline, status)) seen.add(next);
  }
  return seen;
}

/** The moves that lead from a status to another, fewest first; none when nothing leads there, or it is there. */
export function movesTo(pipeline: Pipeline, from: string, to: string): readonly string[] {
  const paths = new Map<string, readonly string[]>([[from, []]]);
  for (const [status, path] of paths) {
    if (status === to) return path;
    for (const next of nextStatuses(pipeline, status)) {
      if (!paths.has(next)) paths.set(next, [...path, next]);
    }
  }
  return [];
}
