import { Secret } from '#kernel';
import { isVoid, type ResolutionFault, type TemplateSource, type WrittenPart, writeParts } from './resolve-template.js';
import { isSecretReference } from './secret-values.js';
import type { Place } from './template-slots.js';

/** A value that becomes a credential of its own. */
export interface SealedValue {
  /** Key of the field or derived value, with `-encoded` when it is percent-encoded. */
  key: string;
  value: Secret;
}

/** The settings of the server that a connector installs. Secrets stand as references to the credentials in `sealed`. */
export interface MaterialisedServer {
  transport: 'stdio' | 'streamable-http';
  command: string | null;
  args: string[];
  env: Record<string, string>;
  endpoint: string | null;
  headers: Record<string, string>;
  sealed: SealedValue[];
}

/** How the server refers to the credential that holds a sealed value, such as `{{credential:name}}`. */
export type ReferenceTo = (key: string) => string;

/** Makes the server of a manifest. */
export function materialise(
  source: TemplateSource,
  referenceTo: ReferenceTo,
): { ok: true; server: MaterialisedServer } | ResolutionFault {
  const { mcp } = source.manifest;
  const writer = new ServerWriter(source, referenceTo);
  const server = {
    transport: mcp.transport,
    command: mcp.command ?? null,
    args: (mcp.args ?? []).flatMap((text) => writer.write(text, 'argument') ?? []),
    env: writer.writeAll(mcp.env, 'variable'),
    endpoint: mcp.endpoint === undefined ? null : writer.write(mcp.endpoint, 'url'),
    headers: writer.writeAll(mcp.headers, 'header'),
  };
  return writer.fault ?? { ok: true, server: { ...server, sealed: writer.sealed } };
}

class ServerWriter {
  fault: ResolutionFault | null = null;
  readonly #sealed = new Map<string, Secret>();

  constructor(
    private readonly source: TemplateSource,
    private readonly referenceTo: ReferenceTo,
  ) {}

  get sealed(): SealedValue[] {
    return [...this.#sealed].map(([key, value]) => ({ key, value }));
  }

  /** The text with references for secrets; null when it is an entry whose values are all empty. */
  write(template: string, place: Place): string | null {
    const result = writeParts(this.source, template, place);
    if (!result.ok) {
      this.fault ??= result;
      return null;
    }
    // An address without its values is still the address.
    if (place !== 'url' && isVoid(result.parts)) return null;
    return result.parts.map((part) => this.#textOf(part)).join('');
  }

  /** The same for named texts; those without values are left out. */
  writeAll(templates: Readonly<Record<string, string>> | undefined, place: Place): Record<string, string> {
    return Object.fromEntries(
      Object.entries(templates ?? {}).flatMap(([name, template]) => {
        const text = this.write(template, place);
        return text === null ? [] : [[name, text]];
      }),
    );
  }

  #textOf(part: WrittenPart): string {
    if (part.kind === 'text') return part.text;
    const { reference, raw, written } = part;
    if (raw === '' || reference.kind === 'instance_url' || !isSecretReference(this.source.manifest, reference)) {
      return written;
    }
    const key = written === raw ? reference.key : `${reference.key}-encoded`;
    this.#sealed.set(key, new Secret(written));
    return this.referenceTo(key);
  }
}
