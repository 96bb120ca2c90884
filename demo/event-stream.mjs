/** Reads the event stream of a workspace (SSE) and keeps every event, until `signal` is aborted. */
export async function openEventStream({ baseUrl, token, workspaceId, signal }) {
  const response = await fetch(`${baseUrl}/api/v1/workspaces/${workspaceId}/events/stream`, {
    headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' },
    signal,
  });
  if (!response.ok) throw new Error(`the event stream answered ${response.status}`);
  const events = [];
  void read(response.body, events).catch(() => undefined);
  return events;
}

async function read(body, events) {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop();
    events.push(...blocks.flatMap(eventIn));
  }
}

// Pings are comments; a block with a name of its own is about the stream.
function eventIn(block) {
  const lines = block.split('\n');
  if (lines.some((line) => line.startsWith('event: '))) return [];
  return lines.filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice('data: '.length)));
}
