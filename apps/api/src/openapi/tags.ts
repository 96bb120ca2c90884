/** The groups of operations, in the order in which a reader needs them. */
export const tags = [
  { name: 'Authentication', description: 'First user, sign-in, sessions and CLI tokens.' },
  { name: 'Onboarding', description: 'The guided first steps of a new user.' },
  { name: 'Workspaces', description: 'Tenants, their members and invitations.' },
  { name: 'Workspace tokens', description: 'Bearer tokens of a workspace, such as the keys of the agent console.' },
  { name: 'Crews', description: 'Groups of agents that share integrations.' },
  { name: 'Agents', description: 'Agents, in a crew or on their own.' },
  { name: 'Credentials', description: 'Sealed secrets, and which agents get them. Values are write-only.' },
  { name: 'OAuth', description: 'Connecting credentials to providers by consent, and the servers that issue them.' },
  { name: 'Connectors', description: 'A catalogue of servers that are installed by filling in a form.' },
  { name: 'MCP registry', description: 'The public registry of MCP servers: finding one, and installing it.' },
  { name: 'Composio', description: 'Apps and accounts that Composio manages for the workspace.' },
  { name: 'Workspace integrations', description: 'MCP servers that a workspace offers to its crews and agents.' },
  { name: 'Crew integrations', description: 'MCP servers of a crew: its own, or overrides of the workspace’s.' },
  { name: 'Tool bindings', description: 'Which tools of a crew’s server are offered.' },
  { name: 'Agent bindings', description: 'What one agent says of one server: on or off, with which credential.' },
  { name: 'Resolution', description: 'What an agent effectively has, and why.' },
  {
    name: 'Agent console',
    description:
      'MCP servers of one agent, for programs with a team key. It has an envelope of its own for answers and errors.',
  },
  { name: 'Audit', description: 'Who changed what, and which tools agents called.' },
  { name: 'Runs and activity', description: 'What agents did.' },
  { name: 'Administration', description: 'Numbers and members of a workspace, for its owner.' },
  { name: 'System', description: 'Health and facts of this instance.' },
  { name: 'Internal', description: 'For the agents’ runtime only.' },
] as const;
