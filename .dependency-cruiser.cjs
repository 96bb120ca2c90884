// Who may import whom. A tier or level imports itself and those before it, never those after it, and never in a circle.

// Libraries by level. `testing` and `client` stand outside: see `testing-is-for-tests` and `client-is-for-callers`.
const levels = [
  ['kernel'],
  ['config', 'resolver-core'],
  ['prisma', 'egress', 'vault'],
  [
    'mcp-client',
    'oauth',
    'connector-manifests',
    'composio',
    'access',
    'audit-log',
    'http',
    'jobs',
    'sources',
    'cron',
    'chat-platforms',
  ],
];

// Features by tier. A new feature is entered here.
const tiers = [
  ['egress', 'keyring'],
  ['events'],
  ['idempotency'],
  [
    'identity',
    'sessions',
    'cli-tokens',
    'auth',
    'registration',
    'workspaces',
    'members',
    'invitations',
    'audit',
    'workspace-tokens',
  ],
  ['event-streams'],
  ['server-settings', 'mcp-blobs', 'agents', 'credentials', 'agent-credentials', 'crews'],
  ['oauth-tokens', 'credential-checks', 'credential-rotation', 'composio-settings'],
  ['server-access'],
  ['workspace-integrations', 'crew-integrations', 'tool-bindings', 'agent-bindings', 'connection-tests'],
  ['oauth-servers', 'oauth-flows', 'connectors', 'mcp-registry'],
  ['composio-catalogue', 'composio-bindings'],
  ['resolution'],
  ['runtime', 'console'],
  ['workspace-runtimes', 'deliveries'],
  ['schedules', 'channels', 'plugins', 'approvals', 'workspace-memories', 'workspace-files', 'instance-secrets'],
  ['templates', 'org-templates', 'bundles'],
  ['onboarding', 'admin', 'system', 'tool-calls', 'runs', 'activity'],
];

// What a feature shows to its neighbours: its module, services, domain types and error codes; answers and decorators of
// parameters, so that one thing has one name in the published contract; and pure rules, which have no dependencies to leak.
const frontDoor = '(\\.(module|service|types|errors|response|decorator)|-rules)\\.ts$';

const features = '^apps/api/src/modules/';
const tests = '(\\.(int-|e2e-)?spec|\\.fixture|\\.arbitrary)\\.ts$';
const oneOf = (names) => `(${names.join('|')})/`;

function ladder(steps, place, word) {
  return steps.slice(0, -1).map((names, index) => ({
    name: `${word}-${index}-looks-up`,
    comment: `What ${names.join(', ')} need from above belongs below, or arrives through a port.`,
    severity: 'error',
    from: { path: place + oneOf(names), pathNot: tests },
    to: { path: place + oneOf(steps.slice(index + 1).flat()) },
  }));
}

module.exports = {
  forbidden: [
    ...ladder(levels, '^libs/', 'library-level'),
    ...ladder(tiers, features, 'feature-tier'),
    {
      name: 'every-feature-has-a-tier',
      comment: 'Enter the feature in `tiers` of .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^apps/api/src/app\\.module\\.ts$' },
      to: { path: features, pathNot: features + oneOf(tiers.flat()) },
    },
    {
      name: 'no-cycles',
      comment: 'Move what both need into a third file that imports neither.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'neighbours-by-the-front-door',
      comment: 'Of another feature import its .module, .service, .types, .errors, .response or -rules files only.',
      severity: 'error',
      from: { path: `${features}([^/]+)/` },
      // `mcp-blobs` is one file of pure reading and writing with a service over it.
      to: { path: `${features}[^/]+/`, pathNot: [`${features}$1/`, frontDoor, `${features}mcp-blobs/mcp-blob\\.ts$`] },
    },
    {
      name: 'prisma-in-repositories',
      comment:
        'Queries belong in a .repository file (column lists shared by several: -select); a module may import PrismaModule.',
      severity: 'error',
      from: { path: features, pathNot: ['(\\.(repository|module)|-select)\\.ts$', tests] },
      to: { path: '^libs/prisma/' },
    },
    {
      name: 'features-know-no-platform-details',
      comment: 'A feature gets what it needs by injection, not from the composition root.',
      severity: 'error',
      from: { path: features, pathNot: tests },
      to: { path: '^apps/api/src/(app|app\\.module|main|openapi/)' },
    },
    {
      name: 'libs-know-no-app',
      comment: 'A library that needs an application is a feature.',
      severity: 'error',
      from: { path: '^libs/(?!testing/)' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'libraries-by-their-index',
      comment: 'Import a library as #name; only its index is public.',
      severity: 'error',
      // The harness starts the database without the application, from inside the library.
      from: { path: '^(libs/([^/]+)/|apps/|test/|bench/)', pathNot: '^libs/testing/' },
      to: {
        path: '^libs/[^/]+/',
        pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$', '^libs/testing/', '\\.fixture\\.ts$'],
      },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'Only specs, test/ and bench/ may import #testing.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [tests, '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'client-is-for-callers',
      comment: 'The server never calls itself through its own client.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [tests, '^libs/(testing|client)/'] },
      to: { path: '^libs/client/' },
    },
    {
      name: 'no-development-dependencies',
      comment: 'What runs in production is listed under dependencies in package.json.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [tests, '^libs/testing/', '/testing/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules|/generated/' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
