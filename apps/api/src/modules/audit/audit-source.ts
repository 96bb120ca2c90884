/** The groups of changes that the log can be narrowed to. */
export const auditSources = ['workspace', 'crews', 'credentials', 'keeper'] as const;

/** One group of changes. */
export type AuditSource = (typeof auditSources)[number];

const nounsOf = {
  crews: ['crew', 'agent', 'crew_integration', 'tool_binding', 'agent_binding'],
  credentials: ['credential', 'agent_credential', 'oauth'],
  keeper: ['keeper'],
} as const;

/** The nouns of a group's actions. The workspace's own group is everything that belongs to no other. */
export function nounsOfSource(source: AuditSource): { in: readonly string[] } | { notIn: readonly string[] } {
  return source === 'workspace' ? { notIn: Object.values(nounsOf).flat() } : { in: nounsOf[source] };
}
