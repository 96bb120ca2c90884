// Entries of the official registry's shape, made from their number: the same ones in every run.

const official = 'io.modelcontextprotocol.registry/official';
const topics = [
  'github',
  'postgres',
  'calendar',
  'weather',
  'invoices',
  'search',
  'kubernetes',
  'email',
  'maps',
  'notes',
];
const published = Date.parse('2025-10-17T00:00:00Z');

const key = { name: 'API_KEY', description: 'Key of the account', isRequired: true, isSecret: true, format: 'string' };
const region = { name: 'REGION', description: 'Where the data is kept', default: 'eu', choices: ['eu', 'us'] };

const waysToReach = [
  (n, version) => ({
    packages: [
      {
        registryType: 'npm',
        registryBaseUrl: 'https://registry.npmjs.org',
        identifier: `@publisher-${n}/server`,
        version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        packageArguments: [
          { type: 'named', name: '--log-level', value: '{level}', variables: { level: { default: 'info' } } },
        ],
        environmentVariables: [key, region],
      },
    ],
  }),
  (n, version) => ({
    packages: [
      {
        registryType: 'pypi',
        identifier: `server-${n}`,
        version,
        transport: { type: 'stdio' },
        environmentVariables: [key],
      },
    ],
  }),
  (n, version) => ({
    packages: [
      {
        registryType: 'oci',
        identifier: `docker.io/publisher${n}/server:${version}`,
        transport: { type: 'stdio' },
        environmentVariables: [key],
      },
    ],
  }),
  (n) => ({ remotes: [{ type: 'streamable-http', url: `https://mcp-${n}.example.com/mcp` }] }),
  (n) => ({
    remotes: [
      { type: 'sse', url: `https://mcp-${n}.example.com/sse` },
      {
        type: 'streamable-http',
        url: `https://{tenant}.mcp-${n}.example.com/mcp`,
        variables: { tenant: { description: 'Name of your organisation', isRequired: true } },
        headers: [
          {
            name: 'Authorization',
            value: 'Bearer {token}',
            isRequired: true,
            isSecret: true,
            variables: { token: key },
          },
        ],
      },
    ],
  }),
];

/** Entry number `n`, as `GET /v0.1/servers` lists it. Each was changed a minute after the one before. */
export function entryOf(n) {
  const topic = topics[n % topics.length];
  const version = `1.${n % 7}.${n % 11}`;
  const at = new Date(published + n * 60_000).toISOString();
  return {
    server: {
      $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
      name: `io.github.publisher-${String(n).padStart(6, '0')}/${topic}-mcp`,
      title: `Server ${n}`,
      description: `Works with ${topic} for agents: number ${n} of a registry made for tests`,
      version,
      websiteUrl: `https://publisher-${n}.example.com`,
      repository: { url: `https://github.com/publisher-${n}/server`, source: 'github' },
      ...waysToReach[n % waysToReach.length](n, version),
    },
    _meta: { [official]: { status: 'active', publishedAt: at, updatedAt: at, isLatest: true } },
  };
}

/** So many entries, in the order of their names. */
export function entries(count) {
  return Array.from({ length: count }, (_, n) => entryOf(n));
}

/** What the registry itself says of an entry. */
export function metaOf(entry) {
  return entry._meta[official];
}
