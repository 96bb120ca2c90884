import { createClient } from '../libs/client/src/index.ts';

/** The published client, whose refusals end the demo with the API's own words. */
export function connectTo(target) {
  const client = createClient(target);
  const call =
    (method) =>
    async (path, ...rest) => {
      const { data, error, response } = await client[method](path, ...rest);
      if (error === undefined) return data;
      throw new Error(`${method} ${path} answered ${response.status}: ${error.detail ?? JSON.stringify(error)}`);
    };
  return { get: call('GET'), post: call('POST'), patch: call('PATCH'), put: call('PUT') };
}
