import { TestWorkflowEnvironment } from '@temporalio/testing';

/** Lets the SDK download Temporal's CLI: `download-temporal.ts FOLDER VERSION`. */
async function main([downloadDir, version]: readonly string[]): Promise<void> {
  if (downloadDir === undefined || version === undefined)
    throw new Error('FOLDER VERSION expected');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir, version } },
  });
  await environment.teardown();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
