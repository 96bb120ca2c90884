import { title } from './narrate.mjs';
import { facts, table } from './table.mjs';

/** The result of a connection test. */
export function showTest(test) {
  title('Connection test');
  const info = test.server_info;
  console.log(
    facts({
      status: test.status,
      message: test.message,
      server: info && `${info.title ?? info.name} (${info.name} ${info.version})`,
      protocol: test.protocol_version && `MCP ${test.protocol_version}`,
      tools: test.tools_count,
      latency: `${test.latency_ms} ms`,
    }),
  );
}

/** The servers that an agent has. */
export function showServers(heading, { servers }) {
  title(heading);
  const rows = servers.map((server) => [
    server.name,
    server.display_name,
    server.scope,
    tools(server),
    server.endpoint ?? [server.command, ...JSON.parse(server.args_json ?? '[]')].join(' '),
  ]);
  console.log(table(['SERVER', 'SHOWN AS', 'LEVEL', 'TOOLS', 'REACHED AT'], rows));
}

/** Where each field of one server comes from, with the value that won. */
export function showProvenance(server, names) {
  title(`Where each field of “${server.name}” comes from`);
  const members = server.provenance.some(({ field }) => field.startsWith('config_json.'));
  const rows = server.provenance
    .filter(({ field, level }) => level !== 'default' && field !== 'kind' && !(members && field === 'config_json'))
    .map(({ field, level, rule, row_id }) => [field, level, rule, names.of(row_id), shownValue(server, field)]);
  console.log(table(['FIELD', 'LEVEL', 'RULE', 'ROW', 'VALUE'], rows));
  const replaced = server.shadowed
    .filter(({ field }) => field !== 'kind')
    .map(({ field, row_id }) => `${field} of ${names.of(row_id)}`);
  const withheld = server.tools_withheld.map(({ name, row_id }) => `${name} (by ${names.of(row_id)})`);
  console.log(`\n${facts({ replaced: replaced.join(', ') || null, 'tools withheld': withheld.join(', ') || null })}`);
}

/** The servers that an agent does not have, and the rule that removed each. */
export function showNotOffered(heading, { not_offered }, names) {
  title(heading);
  const rows = not_offered.map((each) => [each.name, each.rule, names.of(each.decided_by_row_id), each.reason]);
  console.log(table(['SERVER', 'RULE', 'DECIDED BY', 'WHY'], rows));
}

/** What happens with credentials: the attached ones, those that settings refer to, and what will not work. */
export function showCredentials({ servers }, names) {
  title('Credentials');
  const rows = servers.flatMap((server) => [
    ...(server.credential
      ? [
          [
            server.name,
            server.credential.name,
            `by the ${names.of(server.credential.binding_id)}`,
            server.credential.state,
            server.credential.reason,
          ],
        ]
      : []),
    ...server.references.map((reference) => [
      server.name,
      reference.name,
      `in ${reference.field}`,
      reference.state,
      server.warnings.find(({ code }) => code.startsWith('reference_'))?.message,
    ]),
  ]);
  console.log(table(['SERVER', 'CREDENTIAL', 'NAMED', 'STATE', 'MEANS'], rows));
}

/** What a preview would change. */
export function showPreview(heading, now, then) {
  title(heading);
  const listed = ({ servers }) => servers.map(({ name }) => name).join(', ');
  console.log(facts({ 'as it is': listed(now), 'as previewed': listed(then) }));
}

function tools({ tools, tools_withheld }) {
  if (tools === null) return 'not recorded';
  return `${tools.length} of ${tools.length + tools_withheld.length}`;
}

// Some fields, such as how the credential is sent, are explained without being part of the answer.
function shownValue(server, field) {
  if (field === 'credential_id') return server.credential_name;
  const [column, member] = field.split('.');
  if (member === undefined) return server[column] ?? '';
  const value = JSON.parse(server[column] ?? '{}')[member];
  if (typeof value !== 'object') return value;
  return Object.entries(value)
    .map(([name, text]) => `${name}: ${text}`)
    .join(', ');
}
