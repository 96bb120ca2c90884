/** Stands in variables of the process. */
export const canary = 'canary-of-the-process-environment-7f3a';
/** A value of a .env file. */
export const secretOfFile = 'canary-of-the-env-file-91bc';
/** A secret of the instance. */
export const botToken = '1234567890:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const acme = `
name: Acme
description: A small company
required_env: [ANTHROPIC_API_KEY, { any_of: [SLACK_TOKEN, TELEGRAM_TOKEN] }, ../nonsense]
recommended_env: [SENTRY_DSN]
defaults:
  runtime: claude-code
  tier: 3
  plugins: [reporter, chatter]
  initial_prompt_file: prompts/hello.md
  initial_memories: [{ content: Everybody knows this }]
global_memories: [{ content: Founded in 1999, scope: LOCAL }]
workspaces:
  - name: Head
    role: Leads
    system_prompt: You lead.
    max_concurrent_tasks: 0
    category_routing: { bug: [Dev] }
    schedules:
      - { name: standup, cron_expr: "0 9 * * 1-5", timezone: Europe/Prague, prompt: "Say\\r hello" }
      - { name: never, cron_expr: "0 0 30 2 *", prompt: x }
      - { name: nowhere, cron_expr: "* * * * *", timezone: Mars/Base, prompt: x }
      - { name: silent, cron_expr: "* * * * *" }
    channels:
      - { type: telegram, config: { bot_token: "\${TELEGRAM_TOKEN}", chat_id: -1001234567890123 } }
      - { type: slack, config: { webhook_url: "\${NOT_SET}" } }
      - { type: carrier-pigeon, config: {} }
      - { config: {} }
    children:
      - !include teams/dev.yaml
      - name: Outside
        external: true
        url: https://agents.example.com/a2a
        tier: 1
`;
const dev = `
name: Dev
role: Builds
runtime: made-up
template: coder
files_dir: dev
plugins: ["!chatter", linter, ../../evil]
initial_memories:
  - { content: "The token is ghp_abcdefghijklmnopqrstuvwxyz0123456789", scope: TEAM }
  - { content: bad scope, scope: WORLD }
  - { content: "" }
workspace_dir: /srv/\${TEAM}/repo
workspace_access: read_write
schedules: [{ expression: "0 3 * * *", prompt_file: nightly.md }]
`;

/** The organisation on disk, with a template that it uses. */
export const acmeFolder = {
  'orgs/acme/org.yaml': acme,
  'orgs/acme/.env': `SHARED=shared-value\nlower=no\nDB_URL=${secretOfFile}\n`,
  'orgs/acme/prompts/hello.md': 'Hello!',
  'orgs/acme/teams/dev.yaml': dev,
  'orgs/acme/dev/.env': 'SHARED=own-value\n',
  'orgs/acme/dev/config.yaml': 'name: Own config',
  'orgs/acme/dev/system-prompt.md': 'You build.',
  'orgs/acme/dev/nightly.md': 'Run the nightly build.',
  'orgs/acme/dev/logo.bin': '\u0000\u0001',
  'templates/coder/config.yaml': 'name: Template config',
  'templates/coder/skills/review/SKILL.md': 'Review.',
};
