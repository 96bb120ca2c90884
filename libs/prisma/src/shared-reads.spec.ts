import { describe, expect, it } from 'vitest';
import { sharedReads } from './shared-reads.js';

interface Read {
  keys: string[];
  answer(results: (string | null)[]): void;
  fail(error: Error): void;
}

/** A database that answers when the test says so. */
function slowDatabase(maxInFlight = 1) {
  const reads: Read[] = [];
  const get = sharedReads<string, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        reads.push({ keys: [...keys], answer: resolve, fail: reject });
      }),
    { identity: (key) => key, maxBatch: 100, maxInFlight },
  );
  const begun = async (count: number): Promise<Read> => {
    while (reads.length < count) await new Promise((later) => setImmediate(later));
    const read = reads[count - 1];
    if (!read) throw new Error('no such read');
    return read;
  };
  return { get, begun, reads };
}

describe('shared reads', () => {
  it('serve callers of one moment with one statement, each with its own row', async () => {
    const { get, begun } = slowDatabase();
    const answers = Promise.all([get('a'), get('b'), get('c')]);
    const read = await begun(1);
    expect(read.keys).toEqual(['a', 'b', 'c']);
    read.answer(['A', null, 'C']);
    expect(await answers).toEqual(['A', null, 'C']);
  });

  it('ask once for what several callers ask at the same moment', async () => {
    const { get, begun } = slowDatabase();
    const answers = Promise.all([get('a'), get('b'), get('a')]);
    const read = await begun(1);
    expect(read.keys).toEqual(['a', 'b']);
    read.answer(['A', 'B']);
    expect(await answers).toEqual(['A', 'B', 'A']);
  });

  it('never answer a caller from a statement that began before it asked', async () => {
    const { get, begun, reads } = slowDatabase();
    const early = get('a');
    const first = await begun(1);
    const late = get('a');
    await new Promise((later) => setTimeout(later, 5));
    expect(reads).toHaveLength(1);
    first.answer(['old']);
    expect(await early).toBe('old');
    (await begun(2)).answer(['new']);
    expect(await late).toBe('new');
  });

  it('keep nothing: the same key asked again is read again', async () => {
    const { get, begun } = slowDatabase();
    const once = get('a');
    (await begun(1)).answer(['1']);
    await once;
    const twice = get('a');
    (await begun(2)).answer(['2']);
    expect(await twice).toBe('2');
  });

  it('tell every caller of a statement that failed, and go on with the next', async () => {
    const { get, begun } = slowDatabase();
    const failed = Promise.allSettled([get('a'), get('b')]);
    (await begun(1)).fail(new Error('gone'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = get('a');
    (await begun(2)).answer(['back']);
    expect(await next).toBe('back');
  });

  it('hold no more statements open than they may', async () => {
    const { get, begun, reads } = slowDatabase(2);
    const answers = [get('a')];
    await begun(1);
    answers.push(get('b'));
    await begun(2);
    answers.push(get('c'));
    await new Promise((later) => setTimeout(later, 5));
    expect(reads).toHaveLength(2);
    reads[1]?.answer(['B']);
    (await begun(3)).answer(['C']);
    reads[0]?.answer(['A']);
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C']);
  });
});
