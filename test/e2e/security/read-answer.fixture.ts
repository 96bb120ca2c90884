const quietMs = 200;

/** The text of an answer; of a stream, which never ends, what it says until it is quiet for a moment. */
export async function readAnswer(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), quietMs);
    });
    const next = await Promise.race([reader.read(), silence]);
    clearTimeout(timer);
    if (next === null || next.done) break;
    text += next.value;
  }
  await reader.cancel();
  return text;
}
