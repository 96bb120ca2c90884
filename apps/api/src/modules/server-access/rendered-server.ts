import { Secret } from '#kernel';
import type { CredentialState, EffectiveServer } from '#resolver-core';
import { isDeniedEnvName, isHeaderValue, type JsonValue } from '#vault';
import { credentialHeader } from './credential-header.js';
import type { ParsedServer } from './parsed-server.js';
import type { OpenedCredential, PreparedServer } from './server-access.types.js';
import { heldBack, TextRendering, type TextValues } from './text-rendering.js';

/** The values that one server may be given. */
export interface ServerValues extends TextValues {
  /** The opened credential of that id; null when it is not usable. */
  attached(credentialId: string): OpenedCredential | null;
  /** Why it is not usable, where that is known. */
  whyNotAttached(credentialId: string): string | null;
}

const defaultVariable = 'MCP_TOKEN';

/** Puts values in place of all references of a server, and its credential where it belongs. The only place that does. */
export function renderServer(server: EffectiveServer, parsed: ParsedServer, values: ServerValues): PreparedServer {
  return new ServerRendering(server, parsed, values).result();
}

class ServerRendering {
  readonly #texts: TextRendering;
  readonly #isHttp: boolean;

  constructor(
    private readonly server: EffectiveServer,
    private readonly parsed: ParsedServer,
    private readonly values: ServerValues,
  ) {
    this.#texts = new TextRendering(values);
    this.#texts.problems.push(...parsed.problems);
    this.#isHttp = server.transport === 'streamable-http';
  }

  result(): PreparedServer {
    const { server, parsed } = this;
    const endpoint = parsed.endpoint === null ? null : this.#texts.text(parsed.endpoint, 'endpoint');
    const args = this.#args();
    const env = this.#map(parsed.env, 'env');
    const headers = this.#isHttp ? this.#map(parsed.headers, 'headers') : new Map<string, Secret>();
    const config = this.#config();
    const credential = this.#credential();
    if (credential && this.#isHttp) this.#addHeader(headers, credential);
    const variable = this.#isHttp ? null : variableOf(server);
    if (credential && variable !== null) this.#addVariable(env, variable, credential.value);
    return {
      server,
      endpoint,
      args,
      env: this.#sendable(env, 'env', hasNoNul),
      headers: this.#sendable(headers, 'headers', isHeaderValue),
      config,
      credential: credential && {
        value: credential.value,
        type: server.credType ?? 'bearer',
        header: server.credHeader,
        variable,
      },
      problems: this.#texts.problems,
    };
  }

  #args(): Secret[] | null {
    const rendered = (this.parsed.args ?? []).map((text, index) => this.#texts.text(text, `args.${index}`));
    const unusable = rendered.findIndex((value) => value !== null && !hasNoNul(value.reveal()));
    if (unusable !== -1) this.#notSendable(`args.${unusable}`);
    const present = rendered.filter((value) => value !== null);
    const complete = unusable === -1 && present.length === rendered.length;
    return this.parsed.args !== null && complete ? present : null;
  }

  #map(texts: ReadonlyMap<string, string>, field: string): Map<string, Secret> {
    const rendered = new Map<string, Secret>();
    for (const [name, text] of texts) {
      const value = this.#texts.text(text, `${field}.${name}`);
      if (value !== null) rendered.set(name, value);
    }
    return rendered;
  }

  // What is wrong with the headers of an HTTP server was noted when they were rendered for themselves.
  #config(): Secret | null {
    const { config } = this.parsed;
    if (config === null) return null;
    const headers = new TextRendering(this.values);
    const before = this.#texts.problems.length;
    const rendered = Object.entries(config).map(([member, value]): [string, JsonValue] => {
      const texts = member === 'headers' && this.#isHttp ? headers : this.#texts;
      return [member, texts.json(value, `config.${member}`)];
    });
    const complete = this.#texts.problems.length === before && headers.problems.length === 0;
    return complete ? new Secret(JSON.stringify(Object.fromEntries(rendered))) : null;
  }

  #credential(): OpenedCredential | null {
    const { credentialId, credentialState } = this.server;
    if (credentialId === null && credentialState === null) return null;
    const opened = credentialId === null ? null : this.values.attached(credentialId);
    if (opened !== null) return opened;
    const why = credentialId === null ? null : this.values.whyNotAttached(credentialId);
    if (this.values.withheld) this.#texts.add('credentials_withheld', 'credential_id', `The credential ${heldBack}`);
    else this.#texts.add('credential_unusable', 'credential_id', why ?? unusable[credentialState ?? 'usable']);
    return null;
  }

  // The attached credential goes before a header of the same name that is configured.
  #addHeader(headers: Map<string, Secret>, credential: OpenedCredential): void {
    const header = credentialHeader(this.server.credType ?? 'bearer', this.server.credHeader, credential);
    const lower = header.name.toLowerCase();
    for (const name of [...headers.keys()]) if (name.toLowerCase() === lower) headers.delete(name);
    headers.set(header.name, header.value);
  }

  #addVariable(env: Map<string, Secret>, name: string, value: Secret): void {
    if (!isDeniedEnvName(name)) env.set(name, value);
    else {
      const message = `The credential may not be put into ${name}: that changes which code the server runs`;
      this.#texts.add('name_not_allowed', `env.${name}`, message);
    }
  }

  #sendable(values: Map<string, Secret>, field: string, fits: (text: string) => boolean): Map<string, Secret> {
    for (const [name, value] of values) {
      if (fits(value.reveal())) continue;
      values.delete(name);
      this.#notSendable(`${field}.${name}`);
    }
    return values;
  }

  #notSendable(field: string): void {
    const message = `${field} has a line break or another character that cannot be sent there; store the value again without`;
    this.#texts.add('value_not_sendable', field, message);
  }
}

const unusable: Record<CredentialState, string> = {
  usable: 'The credential has no value that can be read; store it again',
  expired: 'The credential has expired; connect it again',
  inactive: 'The credential is not active: it was revoked, failed, or is being limited by its provider',
  pending: 'The credential has no value yet; finish connecting it',
  missing: 'The credential was deleted; choose another',
};

// A header's name serves as the variable's where it can: that is how runtimes take it.
function variableOf({ envVarName, credHeader }: EffectiveServer): string {
  if (envVarName !== null) return envVarName;
  return credHeader !== null && /^[A-Za-z_][A-Za-z0-9_]*$/.test(credHeader) ? credHeader : defaultVariable;
}

function hasNoNul(text: string): boolean {
  return !text.includes('\0');
}
