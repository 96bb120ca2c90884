import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { collect } from './whole-list.js';

describe('a list of many pages', () => {
  it('that all come slowly ends with a time-out, however long it goes on', async () => {
    let pages = 0;
    const reading = collect({ operation: 'list tools', keyOf: String, deadlineMs: 30 }, async () => {
      await sleep(10);
      pages += 1;
      return { items: [pages], nextCursor: `after ${pages}`, total: null };
    });
    await expect(reading).rejects.toMatchObject({
      code: 'composio.unreachable',
      message: expect.stringContaining('list tools failed: request timed out'),
      details: { fault: 'timeout' },
    });
    expect(pages).toBeLessThan(20);
  });
});
