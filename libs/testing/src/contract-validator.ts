import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

interface PublishedResponse {
  $ref?: string;
  content?: Record<string, { schema?: object }>;
}

interface Operation {
  operationId: string;
  responses: Record<string, PublishedResponse>;
}

interface Parameter {
  name: string;
  schema: object;
}

interface Webhook {
  post: { parameters: Parameter[] };
}

interface Document {
  webhooks: Record<string, Webhook>;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses: Record<string, PublishedResponse> };
}

/** What the contract says of one call. */
interface MatchedOperation {
  label: string;
  operation: Operation;
}

const contractUrl = new URL('../../../apps/api/openapi.json', import.meta.url);

/** Holds answers against the published OpenAPI document: an answer that it does not describe fails the test. */
export class ContractValidator {
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #routes: { pattern: RegExp; parameters: number; methods: Record<string, Operation>; path: string }[];

  constructor(source: URL | string = contractUrl) {
    this.#document = JSON.parse(readFileSync(source, 'utf8')) as Document;
    const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;
    addFormats(this.#ajv);
    const components = { ...this.#document.components, schemas: closed(this.#document.components.schemas) };
    this.#ajv.addSchema({ ...this.#document, components, $id: 'contract' }, 'contract');
    this.#routes = Object.entries(this.#document.paths)
      .map(([path, methods]) => ({
        path,
        methods,
        parameters: (path.match(/\{/g) ?? []).length,
        pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
      }))
      .sort((left, right) => left.parameters - right.parameters);
  }

  /** Every published operation. */
  operations(): { method: string; path: string; operation: Operation }[] {
    return this.#routes.flatMap(({ path, methods }) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  /** Checks one answer. @throws Error that names the operation, the status and every deviation. */
  async check(method: string, url: URL, response: Response): Promise<void> {
    const match = this.#match(method, url.pathname);
    if (!match) {
      if (response.status === 404 || response.status === 405) return;
      throw new Error(`the contract has no ${method} ${url.pathname}, but it answered ${response.status}`);
    }
    const published = match.operation.responses[String(response.status)];
    // A path without parameters that looks like one with them has methods of its own.
    if (!published && response.status === 405) return;
    if (!published) throw new Error(`${match.label} answered ${response.status}, which the contract does not publish`);
    const content = this.#resolved(published).content;
    // A stream does not end by itself.
    if (content && 'text/event-stream' in content && mediaTypeOf(response) === 'text/event-stream') return;
    const text = await response.clone().text();
    if (!content) {
      if (text !== '') throw new Error(`${match.label} ${response.status} has a body, but none is published`);
      return;
    }
    const mediaType = mediaTypeOf(response);
    if (!(mediaType in content))
      throw new Error(`${match.label} ${response.status} has the unpublished media type ${mediaType}`);
    if (!mediaType.endsWith('json')) return;
    this.#validate(match, response.status, mediaType, JSON.parse(text));
  }

  /** Checks what was sent to somebody as one of the contract's webhooks. @throws Error that names every deviation. */
  checkWebhook(name: string, schema: string, sent: { headers: object; body: unknown }): void {
    const parameters = this.#document.webhooks[name]?.post.parameters ?? [];
    const headers = Object.fromEntries(parameters.map(({ name: header, schema: of }) => [header.toLowerCase(), of]));
    const published = { type: 'object', required: Object.keys(headers), properties: headers };
    this.#hold(`headers of the webhook ${name}`, published, sent.headers);
    this.#hold(`body of the webhook ${name} (${schema})`, { $ref: `#/components/schemas/${schema}` }, sent.body);
  }

  #match(method: string, pathname: string): MatchedOperation | null {
    for (const route of this.#routes) {
      const operation = route.pattern.test(pathname) ? route.methods[method.toLowerCase()] : undefined;
      if (operation) return { label: `${method} ${route.path}`, operation };
    }
    return null;
  }

  #resolved(response: PublishedResponse): PublishedResponse {
    const name = response.$ref?.split('/').at(-1);
    return name === undefined ? response : (this.#document.components.responses[name] ?? response);
  }

  #validate(match: MatchedOperation, status: number, mediaType: string, body: unknown): void {
    const schema = this.#resolved(match.operation.responses[String(status)] ?? {}).content?.[mediaType]?.schema ?? {};
    this.#hold(`${match.label} ${status} ${mediaType}`, schema, body);
  }

  #hold(key: string, schema: object, value: unknown): void {
    let validate = this.#compiled.get(key);
    if (!validate) {
      validate = this.#ajv.compile(absolute(schema) as object);
      this.#compiled.set(key, validate);
    }
    if (!validate(value)) {
      const faults = (validate.errors ?? []).map((fault) => `${fault.instancePath} ${fault.message ?? ''}`).join('; ');
      throw new Error(`${key} deviates from the contract: ${faults}`);
    }
  }
}

function mediaTypeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
}

// Clients are told to expect new members; a test is not: a member that the contract does not name is a deviation.
function closed(schemas: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const isOpen = 'properties' in schema && !('additionalProperties' in schema);
      return [name, isOpen ? { ...schema, additionalProperties: false } : schema];
    }),
  );
}

// References of a fragment are relative to the document, which is registered under the id `contract`.
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' ? `contract${member}` : absolute(member),
    ]),
  );
}
