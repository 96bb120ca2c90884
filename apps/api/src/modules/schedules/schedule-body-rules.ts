/** A prompt as it is kept: agents get line feeds only. */
export function withoutReturns(prompt: string): string {
  return prompt.replaceAll('\r', '');
}

/** A name for a schedule that was given none; as unique as the id. */
export function generatedName(id: string): string {
  return `schedule-${id.slice(-12)}`;
}
