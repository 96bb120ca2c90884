import { describe, expect, it } from 'vitest';
import { contract, operations, type PublishedContent, type PublishedOperation, resolved } from './contract.fixture.js';

const labels = (found: readonly PublishedOperation[]): string[] => found.map(({ label }) => label);
const lacking = (status: string, from: readonly PublishedOperation[]): string[] =>
  labels(from.filter(({ responses }) => !(status in responses)));
const permissionOf = (operation: PublishedOperation): string => operation['x-permission'] ?? '';
const forKnownCallers = operations.filter((each) => !['public', 'internal'].includes(permissionOf(each)));

describe('the published operations', () => {
  it('have ids that are unique and camelCase, since methods of generated clients are named after them', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)*$/.test(id))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('belong to exactly one group each, and every group is described', () => {
    const groups = new Set(contract.tags.map(({ name }) => name));
    expect(labels(operations.filter(({ tags = [] }) => tags.length !== 1 || !groups.has(tags[0] ?? '')))).toEqual([]);
    expect(contract.tags.filter(({ description = '' }) => description.length < 10)).toEqual([]);
  });

  it('have a summary of one line without a full stop, and a description', () => {
    const untidy = operations.filter(
      ({ summary = '', description = '' }) => summary === '' || /[\n.]$/.test(summary) || description === '',
    );
    expect(labels(untidy)).toEqual([]);
  });

  it('say who may call them, and why where that is anybody', () => {
    const known =
      /^(public|signed_in|instance_admin|internal|team_key|[a-z_]+:(read|sync|create|update|manage|delete|own))$/;
    expect(labels(operations.filter((each) => !known.test(permissionOf(each))))).toEqual([]);
    expect(labels(operations.filter((each) => permissionOf(each) === 'public' && !each['x-public-reason']))).toEqual(
      [],
    );
  });

  it('ask for credentials exactly where not anybody may call them', () => {
    const wrong = operations.filter(
      ({ security = [], ...each }) =>
        (permissionOf(each as PublishedOperation) === 'public') !== (security.length === 0),
    );
    expect(labels(wrong)).toEqual([]);
  });

  it('publish 401 for every known caller, 403 for every role and every write, 404 for every id', () => {
    expect(lacking('401', forKnownCallers)).toEqual([]);
    expect(
      lacking(
        '403',
        forKnownCallers.filter((each) => permissionOf(each) !== 'signed_in'),
      ),
    ).toEqual([]);
    expect(
      lacking(
        '403',
        operations.filter(({ method }) => method !== 'GET'),
      ),
    ).toEqual([]);
    expect(
      lacking(
        '404',
        operations.filter(({ path }) => path.includes('{')),
      ),
    ).toEqual([]);
  });

  it('publish 400, 429, 500 and 503, and 413 where they take a body', () => {
    for (const status of ['400', '429', '500', '503']) expect(lacking(status, operations)).toEqual([]);
    expect(
      lacking(
        '413',
        operations.filter(({ requestBody }) => requestBody),
      ),
    ).toEqual([]);
  });

  it('answer every error with a problem document, and in the agent console with its own form', () => {
    const isRight = (path: string, { content = {} }: PublishedContent): boolean =>
      path.startsWith('/api/v1/console/')
        ? content['application/json']?.schema?.$ref === '#/components/schemas/ConsoleErrorResponse'
        : 'application/problem+json' in content;
    const other = operations.flatMap(({ label, path, responses }) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .filter(([, response]) => !isRight(path, resolved(response)))
        .map(([status]) => `${label} ${status}`),
    );
    expect(other).toEqual([]);
  });

  it('say which scope a team key needs, and for reads never one that writes', () => {
    const keyed = operations.filter((each) => permissionOf(each) === 'team_key');
    expect(keyed.length).toBeGreaterThan(0);
    const wrong = keyed.filter(
      (each) => each['x-scope'] !== (each.method === 'GET' ? 'integrations:read' : 'integrations:write'),
    );
    expect(labels(wrong)).toEqual([]);
  });

  it('take and answer named schemas only, so that generated clients have names for them', () => {
    const nameless = operations.flatMap(({ label, requestBody = {}, responses }) =>
      [['body', requestBody] as const, ...Object.entries(responses)].flatMap(([place, content]) =>
        Object.values(resolved(content).content ?? {})
          .filter(({ schema }) => !schema?.$ref?.startsWith('#/components/schemas/'))
          .map(() => `${label} ${place}`),
      ),
    );
    expect(nameless).toEqual([]);
  });

  it('tell the size of a list and its neighbouring pages wherever a list is paged', () => {
    const silent = operations.filter((each) => {
      const headers = Object.keys(each.responses['200']?.headers ?? {});
      return each['x-paged'] && !(headers.includes('X-Total-Count') && headers.includes('Link'));
    });
    expect(labels(silent)).toEqual([]);
  });

  it('describe every parameter', () => {
    const silent = operations.flatMap(({ label, parameters = [] }) =>
      parameters.filter(({ description = '' }) => description === '').map(({ name }) => `${label} ${name}`),
    );
    expect(silent).toEqual([]);
  });

  it('describe every member of every body and answer', () => {
    const silent = Object.entries(contract.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, { description = '' }]) => description === '')
        .map(([member]) => `${name}.${member}`),
    );
    expect(silent).toEqual([]);
  });
});
