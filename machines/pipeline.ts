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
