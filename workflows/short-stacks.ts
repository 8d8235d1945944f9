// The SDK notes where each promise of a workflow was made, for the call stack in the Temporal Web UI, and
// translating a frame to its line in TypeScript is dear: half of the ten frames cost a tenth of a worker.
// It must be said before the first workflow is, for what all workflows share is frozen then.
Error.stackTraceLimit = 5;
