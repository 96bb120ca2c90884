/** A prompt as it is kept: agents get line feeds only. */
export function withoutReturns(prompt: string): string {
  return prompt.replaceAll('\r', '');
}

/** A name for a schedule that was given none; as unique as the id. */
export function generatedName(id: string): string {
  return `schedule-${id.slice(-12)}`;
}

/** The text with a replacement character for half of a surrogate pair, which PostgreSQL does not take as JSON. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
