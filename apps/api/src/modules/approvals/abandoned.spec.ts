import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { abandoned } from './abandoned.js';

const answer = () => new ServerResponse(new IncomingMessage(new Socket()));

describe('a call', () => {
  it('is abandoned when its caller hangs up', () => {
    const res = answer();
    const signal = abandoned({ res });
    expect(signal.aborted).toBe(false);
    res.emit('close');
    expect(signal.aborted).toBe(true);
  });

  it('is abandoned from the beginning when its caller is gone by then', () => {
    const res = answer();
    res.destroy();
    expect(abandoned({ res }).aborted).toBe(true);
  });
});
