/** Looks behind a counterpart, where the product does not. */
export function observe(url, signal) {
  const call = (method) => async (path, body) => {
    const response = await fetch(url + path, { method, signal, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`the observer answered ${path} with ${response.status}`);
    return response.json();
  };
  return { get: call('GET'), post: call('POST') };
}
