const workflowsPath = require.resolve('../workflows');

/**
 * Where a worker finds the workflows. Their modules are loaded once for all orders instead of once for
 * each, which is safe because none of them keeps anything of one order that another could see.
 */
export const workflowSource = {
  workflowsPath,
  bundlerOptions: { preloadModules: [require.resolve('../workflows/short-stacks'), workflowsPath] },
};
