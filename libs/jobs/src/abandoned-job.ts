/**
 * Resolves or rejects with the work. Once the signal is aborted and so much time more has passed, it rejects in any case, and
 * nobody hears what becomes of the work.
 */
export async function orAbandoned(work: Promise<void>, signal: AbortSignal, afterMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const abandoned = new Promise<never>((_, reject) => {
    const begin = () => {
      timer = setTimeout(() => reject(new Error('the job did not end when the process stopped')), afterMs);
    };
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true });
    work
      .finally(() => {
        signal.removeEventListener('abort', begin);
        clearTimeout(timer);
      })
      .catch(() => undefined);
  });
  await Promise.race([work, abandoned]);
}
