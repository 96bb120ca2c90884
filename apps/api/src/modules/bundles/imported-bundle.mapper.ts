import type { MadeWorkspace } from './bundles.types.js';
import type { BundleWorkspaceResponse, ImportedBundleResponse } from './dto/imported-bundle.response.js';

/** What an import made, as it is answered: the tree in the words of the reference, then what is still to be done. */
export function answerOf(made: readonly MadeWorkspace[]): ImportedBundleResponse {
  const nodes = made.map(
    ({ workspace }): BundleWorkspaceResponse => ({
      workspace_id: workspace.id,
      name: workspace.name,
      slug: workspace.slug,
      status: 'provisioning',
      children: [],
    }),
  );
  for (const [index, { placed }] of made.entries()) {
    const node = nodes[index];
    if (node && placed.parent !== null) nodes[placed.parent]?.children.push(node);
  }
  const [root] = nodes;
  if (!root) throw new Error('an import made no workspace');
  return {
    ...root,
    missing_secrets: made.flatMap(({ workspace, missing }) =>
      missing.map((each) => ({ workspace_id: workspace.id, workspace: workspace.name, ...each })),
    ),
    report: reportOf(made),
  };
}

function reportOf(made: readonly MadeWorkspace[]): ImportedBundleResponse['report'] {
  const sum = (count: (made: MadeWorkspace) => number) => made.reduce((total, each) => total + count(each), 0);
  return {
    workspaces: made.length,
    crews: sum(({ placed }) => placed.bundle.crews.length),
    agents: sum(({ placed }) => placed.bundle.agents.length),
    credentials: sum(({ placed }) => placed.bundle.credentials.length),
    integrations: sum(({ placed }) => placed.bundle.integrations.length + placed.bundle.crew_integrations.length),
    agent_bindings: sum(({ placed }) => placed.bundle.agent_bindings.length),
    schedules: sum(({ placed }) => placed.bundle.schedules.length),
    channels: sum(({ placed }) => placed.bundle.channels.length),
    memories: sum(({ placed }) => placed.bundle.memories.length),
    plugins: sum(({ placed }) => placed.bundle.plugins.length),
  };
}
