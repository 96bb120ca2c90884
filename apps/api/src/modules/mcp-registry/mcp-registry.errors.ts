import { defineErrors } from '#kernel';

/** What can go wrong with the registry of MCP servers, its sync and installing from it. */
export const registryErrors = defineErrors('mcp_registry', {
  notFound: { kind: 'not_found', message: 'MCP server not found in the registry' },
  invalidTrustTier: {
    kind: 'invalid',
    message: 'invalid trust_tier "{value}" (allowed: anthropic, crewship, community)',
  },
  invalidFeatured: { kind: 'invalid', message: 'invalid featured "{value}" (allowed: true, false, 1, 0)' },
  coolingDown: { kind: 'rate_limited', message: 'Sync was triggered recently, please wait before retrying' },
  upstreamStatus: { kind: 'upstream', message: 'The registry answered with status {status}' },
  upstreamShape: { kind: 'upstream', message: 'The registry did not answer in the form of its API (/v0.1/servers)' },
  cursorLoop: {
    kind: 'upstream',
    message: 'The registry gave a page that it had given before, so its list has no end',
  },
  endless: { kind: 'upstream', message: 'The registry had more than {pages} pages, so reading it was given up' },
  emptied: {
    kind: 'upstream',
    message: 'The registry listed no servers at all, so the known ones were kept; check MCP_REGISTRY_URL',
  },
});
