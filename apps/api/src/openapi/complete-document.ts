import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } };

const shared: Record<string, { status: string; description: string }> = {
  BadRequest: { status: '400', description: 'The request is invalid; `errors` says which fields and why.' },
  Unauthorized: { status: '401', description: 'No valid credentials were presented; `WWW-Authenticate` says why.' },
  TooLarge: { status: '413', description: 'The body is larger than 1 MB.' },
  Forbidden: {
    status: '403',
    description: 'The role or the token’s scopes do not allow this, or the caller is not a member.',
  },
  TooManyRequests: { status: '429', description: 'Too many requests; wait for `Retry-After` seconds.' },
  InternalError: { status: '500', description: 'A fault of ours; `request_id` finds it in the log.' },
  Unavailable: { status: '503', description: 'The database cannot be reached; nothing was changed.' },
};

/** Adds what every operation has in common, gives problem answers their media type, and sorts the keys. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as Operation[]) complete(operation);
  }
  document.components = {
    ...document.components,
    responses: Object.fromEntries(
      Object.entries(shared).map(([name, { description }]) => [name, { description, content: problem }]),
    ),
  };
  return sorted(document) as OpenAPIObject;
}

function complete(operation: Operation): void {
  const permission = String((operation as unknown as Record<string, unknown>)['x-permission'] ?? 'public');
  const isPublic = permission === 'public';
  if (isPublic) operation.security = [];
  const wanted = ['TooManyRequests', 'InternalError', 'Unavailable', 'BadRequest'];
  if (operation.requestBody) wanted.push('TooLarge');
  if (!isPublic) wanted.push('Unauthorized');
  if (!isPublic && permission !== 'signed_in') wanted.push('Forbidden');
  for (const [status, response] of Object.entries(operation.responses)) {
    // The Swagger plugin adds the verb's usual status beside the one that is stated, and has nothing to say of it.
    if (response && 'description' in response && response.description === '') delete operation.responses[status];
    if (Number(status) >= 400 && response && 'content' in response) response.content = problem;
  }
  for (const name of wanted) {
    const status = shared[name]?.status ?? '';
    operation.responses[status] ??= { $ref: `#/components/responses/${name}` };
  }
}

// Paths and schemas sort by name, so that a diff of the document shows what changed and nothing else.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
