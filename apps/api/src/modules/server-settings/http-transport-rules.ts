const sse = 'sse';

/**
 * Whether the settings of an HTTP server say that it speaks the HTTP+SSE transport of MCP 2024-11-05 instead of streamable
 * HTTP. The two are one `transport` of a row, since both are an endpoint and headers; the older one is told apart by
 * `transport` in `config_json`, which cascades as all settings do and which the runtime gets with them.
 */
export function speaksSse(configJson: string | null): boolean {
  if (configJson === null || !configJson.includes(sse)) return false;
  try {
    const settings: unknown = JSON.parse(configJson);
    return typeof settings === 'object' && settings !== null && 'transport' in settings && settings.transport === sse;
  } catch {
    return false;
  }
}

/** Settings with the other HTTP transport and all their other members; null when nothing is left to say. */
export function settingsSpeaking(speaks: 'sse' | 'streamable-http', configJson: string | null): string | null {
  const { transport: _replaced, ...others } = JSON.parse(configJson ?? '{}') as Record<string, unknown>;
  const settings = speaks === sse ? { ...others, transport: sse } : others;
  return Object.keys(settings).length === 0 ? null : JSON.stringify(settings);
}
